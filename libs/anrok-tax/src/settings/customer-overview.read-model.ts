import type { AnrokAddress } from '@anrok-nest/client';
import { type TaxCustomer, TaxError, type TaxProblem } from '@anrok-nest/tax';
import { EntityManager, raw, RequestContext } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { AnrokPages } from '../connection/anrok-pages.js';
import type { CustomerLink } from '../connection/customer-link.entity.js';
import { BillingHost, type CustomerPageRequest } from '../host/billing-host.js';
import { joining } from '../joining.js';
import { toAnrokAddress } from '../mapping/customer-address.js';
import { toTaxIds } from '../mapping/customer-tax-ids.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { CustomerLinkService } from './customer-link.service.js';
import { CustomerNotFoundError } from './customer-not-found.error.js';

/** A customer in a list. */
export interface CustomerSummary {
  /** The host's. */
  readonly id: string;
  readonly name?: string;
  /** Absent where Anrok doesn't tax it. */
  readonly link?: ShownLink;
  /** How many of its documents are not synced. */
  readonly openDocuments: number;
}

export interface ShownLink {
  readonly customerId: string;
  readonly connectionCode: string;
  readonly anrokCustomerId: string;
  /** Whether Anrok creates it with its first document. */
  readonly createAtAnrok: boolean;
  /** When a document was first recorded for it. */
  readonly knownAt: Date | null;
  /** At Anrok, for people. */
  readonly page: string | null;
}

export interface CustomerOverview extends CustomerSummary {
  /** What Anrok gets of its next document; null where the host doesn't show its customers. */
  readonly sent: {
    /** Or why none can be sent. */
    readonly address: AnrokAddress | null;
    readonly addressProblem: TaxProblem | null;
    readonly taxIds: readonly string[];
  } | null;
}

export interface CustomerSummaryPage {
  readonly customers: readonly CustomerSummary[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** The host's customers and what Anrok knows of them. */
@Injectable()
export class CustomerOverviewReadModel {
  constructor(
    private readonly em: EntityManager,
    private readonly host: BillingHost,
    private readonly links: CustomerLinkService,
    private readonly pages: AnrokPages,
  ) {}

  /** As the host lists them; where it doesn't, those that are linked. */
  async list(request: CustomerPageRequest): Promise<CustomerSummaryPage> {
    const { customers, next } =
      (await this.inContext(() => this.host.listCustomers(request))) ?? (await this.linked(request));
    const ids = customers.map(({ id }) => id);
    const links = new Map((await this.links.of(ids)).map((link) => [link.customerId, link]));
    const open = await this.openDocuments(ids);
    return {
      customers: customers.map(({ id, name }) => ({
        id,
        ...(name !== undefined && { name }),
        ...this.linkOf(links.get(id)),
        openDocuments: open.get(id) ?? 0,
      })),
      ...(next !== undefined && { next }),
    };
  }

  /** @throws CustomerNotFoundError for one that the host doesn't show and that has no link */
  async of(customerId: string): Promise<CustomerOverview> {
    const customer = await this.inContext(() => this.host.loadCustomer(customerId));
    const [link] = await this.links.of([customerId]);
    if (!customer && !link) throw new CustomerNotFoundError(customerId);
    return {
      id: customerId,
      ...(customer?.name !== undefined && { name: customer.name }),
      ...this.linkOf(link),
      openDocuments: (await this.openDocuments([customerId])).get(customerId) ?? 0,
      sent: customer ? { ...toSentAddress(customer), taxIds: toTaxIds(customer) } : null,
    };
  }

  /** As the host has it. @throws CustomerNotFoundError */
  async customer(customerId: string): Promise<TaxCustomer> {
    const customer = await this.inContext(() => this.host.loadCustomer(customerId));
    if (!customer) throw new CustomerNotFoundError(customerId);
    return customer;
  }

  toShownLink(link: CustomerLink): ShownLink {
    const { customerId, connection, anrokCustomerId, createAtAnrok, knownAt } = link;
    const page = this.pages.customer(link) ?? null;
    return {
      customerId,
      connectionCode: connection.code,
      anrokCustomerId,
      createAtAnrok,
      knownAt: knownAt ?? null,
      page,
    };
  }

  private linkOf(link: CustomerLink | undefined): { link?: ShownLink } {
    return link ? { link: this.toShownLink(link) } : {};
  }

  private async linked(request: CustomerPageRequest) {
    const { links, ...rest } = await this.links.list(request);
    return { customers: links.map(({ customerId }) => ({ id: customerId, name: undefined })), ...rest };
  }

  private async openDocuments(customerIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await (joining(this.em) as SqlEntityManager)
      .createQueryBuilder(TaxSyncRecord)
      .select(['customerId', raw('count(*) as count')])
      .where({ customerId: { $in: [...customerIds] }, status: { $ne: 'synced' } })
      .groupBy('customerId')
      .execute<{ customerId: string; count: number | string }[]>('all');
    return new Map(rows.map(({ customerId, count }) => [customerId, Number(count)]));
  }

  private inContext<T>(work: () => Promise<T>): Promise<T> {
    return RequestContext.create(this.em, work);
  }
}

function toSentAddress(customer: TaxCustomer): { address: AnrokAddress | null; addressProblem: TaxProblem | null } {
  try {
    return { address: toAnrokAddress(customer), addressProblem: null };
  } catch (error) {
    if (error instanceof TaxError) return { address: null, addressProblem: error.problem };
    throw error;
  }
}
