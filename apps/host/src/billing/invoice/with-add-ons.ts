import type { EntityManager } from '@mikro-orm/core';
import { AddOn } from '../add-on/add-on.entity.js';
import { NotFoundError } from '../billing.error.js';
import type { OneOffFeeInput, OneOffSale } from './one-off-fees.js';

/** The lines of a one-off invoice with the add-ons that they name. @throws NotFoundError also when there are no lines */
export async function withAddOns(em: EntityManager, fees: readonly OneOffFeeInput[]): Promise<OneOffSale[]> {
  if (fees.length === 0) throw new NotFoundError('fees');
  const found = await em.find(AddOn, { code: { $in: fees.map((fee) => fee.addOnCode) } });
  const byCode = new Map(found.map((addOn) => [addOn.code, addOn]));
  return fees.map((input) => {
    const addOn = byCode.get(input.addOnCode);
    if (!addOn) throw new NotFoundError('add_on');
    return { input, addOn };
  });
}
