import type { TaxDocument } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { joining } from '../joining.js';
import { type FindProduct, productFinder } from '../mapping/item-mapping.js';
import { toAnrokTransactions, type TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { toTransactionId } from '../mapping/transaction-id.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { Connection } from './connection.entity.js';
import { CustomerNotLinkedError } from './connection.error.js';
import { CustomerLink } from './customer-link.entity.js';
import { mappingsOf } from './mappings-of.js';
import { RecentSettings } from './recent-settings.js';
import type { UsableConnection } from './usable-connection.js';

/** A document in Anrok's words, and the connection over which it goes. */
export interface MappedDocument {
  readonly connection: UsableConnection;
  readonly drafts: readonly TransactionDraft[];
}

/** A document that is to be put into Anrok's words. */
export interface DocumentToMap {
  readonly document: TaxDocument;
  readonly connection: Pick<Connection, 'id' | 'code'>;
  /** The customer's id at Anrok. */
  readonly anrokCustomerId: string;
  /** Of the ids that it is recorded under. */
  readonly generation: number;
}

type Mappable = Omit<DocumentToMap, 'connection'> & { readonly connection: Pick<Connection, 'code'> };

/** Puts documents into Anrok's words, by the settings of their customers' connections. */
@Injectable()
export class DocumentMapper {
  constructor(
    private readonly em: EntityManager,
    private readonly options: AnrokTaxOptions,
    private readonly clock: Clock,
    private readonly settings: RecentSettings,
  ) {}

  /** The customer's link, with its connection; null when it has none. */
  findLink(customerId: string): Promise<CustomerLink | null> {
    // as it is now, in one query: a refresh would ask for the connection once more
    const options = { populate: ['connection'], disableIdentityMap: true } as const;
    return joining(this.em).findOne(CustomerLink, { customerId }, options);
  }

  /** Whether the customer has a link. */
  async isLinked(customerId: string): Promise<boolean> {
    const sql = 'select 1 from anrok_customer_link where customer_id = ?';
    return (await (this.em as SqlEntityManager).execute<unknown[]>(sql, [customerId])).length > 0;
  }

  /** @throws CustomerNotLinkedError */
  async linkOf(customerId: string): Promise<CustomerLink> {
    const link = await this.findLink(customerId);
    if (!link) throw new CustomerNotLinkedError(customerId);
    return link;
  }

  /**
   * What to ask Anrok about a document that is recorded nowhere: over the account that comes with its customer, else over
   * the one that the customer is linked to.
   *
   * @param isRepeated by settings that may be a second old, for what is asked again and again
   * @throws CustomerNotLinkedError, ConnectionNotFoundError, ItemsNotMappedError, CustomerAddressUnusableError
   */
  async forEstimate(document: TaxDocument, isRepeated = false): Promise<MappedDocument> {
    const items = document.lines.map(({ item }) => item);
    const { connection, anrokCustomerId, findProduct } = isRepeated
      ? await this.settings.recall(document.customer, items)
      : await this.settings.read(document.customer, items);
    return { connection, drafts: this.map({ document, connection, anrokCustomerId, generation: 1 }, findProduct) };
  }

  /**
   * The transactions that documents are at Anrok, by mappings that are read at once for all of them.
   *
   * @returns what gives the transactions of each, and throws ItemsNotMappedError or CustomerAddressUnusableError
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
    return productFinder(await mappingsOf(this.em, connectionId, items));
  }

  private map(
    { document, connection, anrokCustomerId, generation }: Mappable,
    findProduct: FindProduct,
  ): TransactionDraft[] {
    return toAnrokTransactions(document, {
      toTransactionId: (part) => toTransactionId(this.options.transactionIdPrefix, document, { part, generation }),
      connection: connection.code,
      anrokCustomerId,
      findProduct,
      now: this.clock.now(),
    });
  }
}
