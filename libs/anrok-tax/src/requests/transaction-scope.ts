import type { EntityManager, EventSubscriber, Transaction, TransactionEventArgs } from '@mikro-orm/core';

/**
 * Collects values during whatever transaction the host has open, and hands them over twice: `beforeCommit` inside the
 * transaction, as its last act, and `afterCommit` once it is committed. What was added in a savepoint that rolls back
 * is forgotten, and a rolled back transaction hands over nothing.
 *
 * So a listener may add a value synchronously: with `emit`, which awaits nobody, as with `emitAsync`. An error in
 * `beforeCommit` makes the host's commit fail, which is the point.
 */
export class TransactionScope<T> implements EventSubscriber {
  private readonly parents = new WeakMap<Transaction, Transaction>();
  private readonly starting = new WeakMap<EntityManager, Transaction>();
  private readonly collected = new WeakMap<Transaction, T[]>();

  constructor(
    private readonly beforeCommit: (em: EntityManager, values: readonly T[]) => Promise<void>,
    private readonly afterCommit: (values: readonly T[]) => Promise<void>,
  ) {}

  /** Adds a value to the transaction that is open here, and says whether there is one. */
  add(em: EntityManager, value: T): boolean {
    const transaction = em.getTransactionContext();
    if (!transaction) return false;
    this.collected.set(transaction, [...(this.collected.get(transaction) ?? []), value]);
    return true;
  }

  // A savepoint is a transaction of its own to MikroORM: its parent is named before it starts, itself only after.
  async beforeTransactionStart({ em, transaction: parent }: TransactionEventArgs): Promise<void> {
    if (parent) this.starting.set(em, parent);
  }

  async afterTransactionStart({ em, transaction }: TransactionEventArgs): Promise<void> {
    const parent = this.starting.get(em);
    this.starting.delete(em);
    if (parent && transaction) this.parents.set(transaction, parent);
  }

  async beforeTransactionCommit({ em, transaction }: TransactionEventArgs): Promise<void> {
    const values = transaction && !this.parents.has(transaction) ? this.collected.get(transaction) : undefined;
    if (values) await this.beforeCommit(em, values);
  }

  async afterTransactionCommit({ transaction }: TransactionEventArgs): Promise<void> {
    const values = transaction && this.collected.get(transaction);
    if (!transaction || !values) return;
    this.collected.delete(transaction);
    const parent = this.parents.get(transaction);
    if (parent) this.collected.set(parent, [...(this.collected.get(parent) ?? []), ...values]);
    else await this.afterCommit(values);
  }
}
