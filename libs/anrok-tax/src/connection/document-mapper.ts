import type { TaxDocument } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { joining } from '../joining.js';
import { EVERY } from '../mapping/item-mapping.js';
import { toAnrokTransactions, type TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { Connection } from './connection.entity.js';
import { CustomerNotLinkedError } from './connection.error.js';
import { CustomerLink } from './customer-link.entity.js';
import { ItemMappingRow } from './item-mapping.entity.js';

/** Puts documents into Anrok's words, by the settings of their customers' connections. */
@Injectable()
export class DocumentMapper {
  constructor(
    private readonly em: EntityManager,
    private readonly options: AnrokTaxOptions,
    private readonly clock: Clock,
  ) {}

  /** The customer's link, with its connection; null when it has none. */
  findLink(customerId: string): Promise<CustomerLink | null> {
    return joining(this.em).findOne(CustomerLink, { customerId }, { populate: ['connection'], refresh: true });
  }

  /** @throws CustomerNotLinkedError */
  async linkOf(customerId: string): Promise<CustomerLink> {
    const link = await this.findLink(customerId);
    if (!link) throw new CustomerNotLinkedError(customerId);
    return link;
  }

  /**
   * The transactions that the document is at Anrok.
   *
   * @param anrokCustomerId the customer's id there
   * @throws ItemsNotMappedError, CustomerAddressUnusableError
   */
  async toTransactions(
    document: TaxDocument,
    connection: Connection,
    anrokCustomerId: string,
  ): Promise<TransactionDraft[]> {
    const types = [...new Set(document.lines.map((line) => line.item.type)), EVERY];
    const ids = [...new Set(document.lines.map((line) => line.item.id)), EVERY];
    const mappings = await joining(this.em).find(
      ItemMappingRow,
      { connection: connection.id, itemType: { $in: types }, itemId: { $in: ids } },
      { refresh: true },
    );
    return toAnrokTransactions(document, {
      transactionIdPrefix: this.options.transactionIdPrefix,
      connection: connection.code,
      anrokCustomerId,
      mappings,
      now: this.clock.now(),
    });
  }
}
