/** Somebody who has invoices taxed. */
export interface Contestant {
  /** Says that these are final, some at a time, and has them taxed, here or by another process of the same kind. */
  finalize(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Called in whichever process an invoice got its tax, as soon as that is committed. */
export type OnTaxed = (id: string) => void;

export type ContestantName = 'module' | 'loop' | 'bullmq' | 'pg-boss';

/** How many invoices everybody works on at a time, and finalizes at a time, in each process. */
export const CONCURRENCY = 8;

/** So many at a time, each of them once. */
export async function concurrently<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
