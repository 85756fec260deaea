import { Injectable } from '@nestjs/common';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { Connection } from './connection.entity.js';
import type { CustomerLink } from './customer-link.entity.js';

/** Pages at Anrok, for people. Undefined where there is none, or where the key doesn't tell the seller account. */
@Injectable()
export class AnrokPages {
  constructor(private readonly options: AnrokTaxOptions) {}

  transaction(connection: Connection, transactionId: string): string | undefined {
    return this.page(connection, 'transactions', transactionId);
  }

  /** Of a customer that Anrok has: one that was there before, or one of which a document is recorded. */
  customer({ connection, anrokCustomerId, createAtAnrok, knownAt }: CustomerLink): string | undefined {
    return knownAt || !createAtAnrok ? this.page(connection, 'customers', anrokCustomerId) : undefined;
  }

  private page({ sellerId }: Connection, kind: string, id: string): string | undefined {
    const { appUrl } = this.options;
    return appUrl && sellerId ? `${appUrl}/${sellerId}/${kind}/${encodeURIComponent(id)}` : undefined;
  }
}
