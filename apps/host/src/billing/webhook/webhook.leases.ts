import { type EntityData, EntityManager, LockMode, raw } from '@mikro-orm/core';
import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/**
 * Claims as time-limited leases: several processes never send the same at once, and what a dead one had in its hands is
 * sent by another when the lease has run out.
 */
@Injectable()
export class WebhookLeases {
  constructor(private readonly em: EntityManager) {}

  /** Takes what is due, the longest due first, with message and endpoint. It counts as a try from here. */
  async claim(limit: number, now: Date, leaseMs: number): Promise<WebhookDelivery[]> {
    const em = this.em.fork() as SqlEntityManager;
    const claimed = await em.transactional(async (em) => {
      const due = em
        .createQueryBuilder(WebhookDelivery, 'due')
        .select('id')
        .where({ status: { $in: ['pending', 'retrying'] }, dueAt: { $lte: now } })
        .orderBy({ dueAt: 'asc' })
        .limit(limit);
      // SQLite has one writer at a time and needs no lock
      if (!(em.getPlatform() instanceof SqlitePlatform)) due.setLockMode(LockMode.PESSIMISTIC_PARTIAL_WRITE);
      return (
        em
          .createQueryBuilder(WebhookDelivery)
          // evaluated once: as a mere subquery, PostgreSQL may run it again for every row, each time past those it has locked
          .with('claimed', due, { materialized: true })
          .update({
            leaseOwner: uuidv7(),
            dueAt: new Date(now.getTime() + leaseMs),
            lastTriedAt: now,
            attempts: raw('attempts + 1'),
          })
          .where({ id: { $in: raw('(select id from claimed)') } })
          .returning('id')
          .execute<{ id: string }[]>('all')
      );
    });
    if (claimed.length === 0) return [];
    return em.find(
      WebhookDelivery,
      { id: { $in: claimed.map(({ id }) => id) } },
      { populate: ['message.body', 'endpoint'] },
    );
  }

  /** Writes down what came of it. Answers false when it is somebody else's by now, or gone: then nothing is written. */
  async finish({ id, leaseOwner }: WebhookDelivery, changes: EntityData<WebhookDelivery>): Promise<boolean> {
    const held = { id, leaseOwner };
    return (
      (await this.em.fork().nativeUpdate(WebhookDelivery, held, { dueAt: null, ...changes, leaseOwner: null })) === 1
    );
  }
}
