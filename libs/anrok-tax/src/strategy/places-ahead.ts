import type { AnrokClient, ReservedPlace } from '@anrok-nest/client';
import type { TaxDocument } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import QuickLRU from 'quick-lru';

/** Beyond so many customers, those are forgotten that nobody asked about for the longest time. */
const MOST_CUSTOMERS = 1_000;

/**
 * Asks for an estimate's place in Anrok's limit while its settings are read, so that a person waits for one way to the
 * database instead of two. It is asked for over the account of the customer's last estimate, of which the next almost
 * always is; a place of another account is lost.
 */
@Injectable()
export class PlacesAhead {
  private readonly clients = new QuickLRU<string, AnrokClient>({ maxSize: MOST_CUSTOMERS });

  /** @param work is given what tells the place that was asked for, if it is one of the client that it turns out to use */
  async whileAsking<Result>(
    { customer: { id, account }, lines }: Pick<TaxDocument, 'customer' | 'lines'>,
    work: (placeOf: (client: AnrokClient) => ReservedPlace | undefined) => Promise<Result>,
  ): Promise<Result> {
    const key = JSON.stringify([id, account?.code]);
    const last = this.clients.get(key);
    // of nothing but zeros, nobody is asked
    const reserved = lines.some(({ amount }) => amount !== 0) ? last?.reserve('interactive') : undefined;
    try {
      return await work((client) => {
        this.clients.set(key, client);
        return client === last ? reserved : undefined;
      });
    } catch (error) {
      // what fails over and over takes no places
      this.clients.delete(key);
      throw error;
    } finally {
      reserved?.giveUp();
    }
  }
}
