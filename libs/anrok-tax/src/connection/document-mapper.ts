import type { TaxCustomer, TaxDocument } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { joining } from '../joining.js';
import { type FindProduct, productFinder } from '../mapping/item-mapping.js';
import { toAnrokTransactions, type TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { toTransactionId } from '../mapping/transaction-id.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { Connection } from './connection.entity.js';
import { ConnectionNotFoundError, CustomerNotLinkedError } from './connection.error.js';
import { CustomerLink } from './customer-link.entity.js';
import { mappingsOf } from './mappings-of.js';

/** Over which connection a customer is taxed, and who it is there. */
type AnrokAccount = Pick<CustomerLink, 'connection' | 'anrokCustomerId'>;

/** A document that is to be put into Anrok's words. */
export interface DocumentToMap {
  readonly document: TaxDocument;
  readonly connection: Connection;
  /** The customer's id at Anrok. */
  readonly anrokCustomerId: string;
  /** Of the ids that it is recorded under. */
  readonly generation: number;
}

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
    // as it is now, in one query: a refresh would ask for the connection once more
    const options = { populate: ['connection'], disableIdentityMap: true } as const;
    return joining(this.em).findOne(CustomerLink, { customerId }, options);
  }

  /** The links of many customers, with their connections, by customer id and in one query; some may have none. */
  async findLinks(customerIds: readonly string[]): Promise<Map<string, CustomerLink>> {
    if (customerIds.length === 0) return new Map();
    const options = { populate: ['connection'], disableIdentityMap: true } as const;
    const wanted = { customerId: { $in: [...new Set(customerIds)] } };
    const links = await joining(this.em).find(CustomerLink, wanted, options);
    return new Map(links.map((link) => [link.customerId, link]));
  }

  /** @throws CustomerNotLinkedError */
  async linkOf(customerId: string): Promise<CustomerLink> {
    const link = await this.findLink(customerId);
    if (!link) throw new CustomerNotLinkedError(customerId);
    return link;
  }

  /**
   * The account that comes with the customer, else the one of its link. An id at Anrok that is known by the link holds
   * in the same account.
   *
   * @throws CustomerNotLinkedError, ConnectionNotFoundError
   */
  async accountOf({ id, account }: Pick<TaxCustomer, 'id' | 'account'>): Promise<AnrokAccount> {
    if (!account) return this.linkOf(id);
    const { code, customerId } = account;
    const link = await this.findLink(id);
    if (link?.connection.code === code)
      return { connection: link.connection, anrokCustomerId: customerId ?? link.anrokCustomerId };
    const connection = await joining(this.em).findOne(Connection, { code }, { refresh: true });
    if (!connection) throw new ConnectionNotFoundError(code);
    return { connection, anrokCustomerId: customerId ?? id };
  }

  /**
   * The transactions that the document is at Anrok.
   *
   * @param anrokCustomerId the customer's id there
   * @param generation of the ids that it is recorded under
   * @throws ItemsNotMappedError, CustomerAddressUnusableError
   */
  async toTransactions(
    document: TaxDocument,
    connection: Connection,
    anrokCustomerId: string,
    generation = 1,
  ): Promise<TransactionDraft[]> {
    const findProduct = await this.productsOf(connection.id, [document]);
    return this.map({ document, connection, anrokCustomerId, generation }, findProduct);
  }

  /**
   * The same for many documents, whose mappings are read at once.
   *
   * @returns what gives the transactions of each, and throws what `toTransactions` throws
   */
  async forMany(wanted: readonly DocumentToMap[]): Promise<(one: DocumentToMap) => TransactionDraft[]> {
    const finders = new Map<string, FindProduct>();
    for (const [id, some] of Map.groupBy(wanted, ({ connection }) => connection.id))
      finders.set(
        id,
        await this.productsOf(
          id,
          some.map(({ document }) => document),
        ),
      );
    return (one) => this.map(one, finders.get(one.connection.id)!);
  }

  private async productsOf(connectionId: string, documents: readonly TaxDocument[]): Promise<FindProduct> {
    const items = documents.flatMap(({ lines }) => lines.map(({ item }) => item));
    return productFinder(await mappingsOf(joining(this.em), connectionId, items));
  }

  private map({ document, connection, anrokCustomerId, generation }: DocumentToMap, findProduct: FindProduct) {
    return toAnrokTransactions(document, {
      toTransactionId: (part) => toTransactionId(this.options.transactionIdPrefix, document, { part, generation }),
      connection: connection.code,
      anrokCustomerId,
      findProduct,
      now: this.clock.now(),
    });
  }
}
