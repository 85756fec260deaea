import { z } from 'zod';
import { generalAddress } from '../schema/address.schema.js';
import { resolveJurisdictions } from '../tax/address.resolution.js';
import { isTaxIdOf } from '../tax/exemptions.js';
import { Conflict } from '../wire/conflict.js';
import { defineOperation } from './operation.js';

export const validateTaxIds = defineOperation({
  name: 'taxId.validate',
  path: 'taxId/validate',
  body: z.strictObject({
    customerAddress: generalAddress,
    customerTaxIds: z.array(z.strictObject({ value: z.string() })),
  }),
  run({ customerAddress, customerTaxIds }, { features }) {
    if (!features.validateTaxIds) return new Conflict('validationNotEnabled');
    const jurisdictions = resolveJurisdictions(customerAddress);
    if (!jurisdictions) return new Conflict('customerAddressCouldNotResolve');
    const jurises = jurisdictions.flatMap((jurisdiction) => {
      const { name, buyerTaxId: rule } = jurisdiction;
      if (!rule) return [];
      const validTaxIds = customerTaxIds.filter(({ value }) => isTaxIdOf(jurisdiction, value));
      return [{ name, taxIdNames: { name: rule.name, abbreviation: rule.abbreviation }, validTaxIds }];
    });
    return jurises.length > 0 ? { jurises } : new Conflict('validationNotSupportedForCountry');
  },
});
