import type { TaxCustomer } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { toTaxError } from '../connection/anrok-call.error.js';
import { AnrokClients } from '../connection/anrok-clients.js';
import type { Connection } from '../connection/connection.entity.js';
import { DocumentMapper } from '../connection/document-mapper.js';
import { toAnrokAddress } from '../mapping/customer-address.js';
import { toTaxIds } from '../mapping/customer-tax-ids.js';
import { type TaxIdVerdict, toTaxIdVerdict } from './to-tax-id-verdict.js';

/** Whether customers' tax ids are valid where the customers are. Writes nothing, here or at Anrok. */
@Injectable()
export class TaxIdService {
  constructor(
    private readonly mapper: DocumentMapper,
    private readonly clients: AnrokClients,
  ) {}

  /**
   * Which tax ids the customer's address asks for, and which of those given are valid. Without any, it says what to
   * collect. A country alone will do for an address where the tax does not differ inside it.
   *
   * @param connection whose account is asked: the one that the customer is linked to, unless another is named; for
   *   customers that are not linked yet
   * @throws CustomerNotLinkedError, CustomerAddressUnusableError, FeatureNotEnabledError, and AnrokCallFailedError for
   *   whatever else Anrok refuses or leaves unanswered, countries without validation included; never an id called
   *   invalid instead
   */
  async validate(customer: TaxCustomer, connection?: Connection): Promise<TaxIdVerdict> {
    const asked = connection ?? (await this.mapper.linkOf(customer.id)).connection;
    const customerAddress = toAnrokAddress(customer);
    const taxIds = toTaxIds(customer);
    try {
      const customerTaxIds = taxIds.map((value) => ({ value }));
      return toTaxIdVerdict(taxIds, await this.clients.for(asked).taxIds.validate({ customerAddress, customerTaxIds }));
    } catch (error) {
      throw toTaxError(error, asked);
    }
  }
}
