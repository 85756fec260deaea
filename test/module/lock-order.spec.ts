import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import type { TaxDocumentReference } from '@anrok-nest/tax';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const INVOICES = 6;
const ROUNDS = 15;

/** Only a database with several writers can fail here. */
describe('transactions that change the same records', () => {
  let tested: ModuleUnderTest;
  const references: TaxDocumentReference[] = [];
  beforeEach(async () => {
    tested = await startModule();
    for (let n = 1; n <= INVOICES; n += 1) {
      const lines = [aLine({ amount: 9_999 })];
      references.push(tested.host.put(anInvoice({ id: `inv-${n}`, lines })));
      for (const part of [1, 2]) {
        const credited = { creditedInvoiceId: `inv-${n}`, taxDate: '2026-03-15' };
        const line = aLine({ amount: -1_000, creditedLineId: 'line-1' });
        const note = anInvoice({ kind: 'credit_note', id: `cn-${7 - n}-${part}`, ...credited, lines: [line] });
        references.push(tested.host.put(note));
      }
    }
    await requestAll(references);
  });
  afterEach(() => tested.close());

  const requestAll = (wanted: readonly TaxDocumentReference[]) =>
    tested.orm.em.fork().transactional(async () => {
      for (const reference of wanted) await tested.sync.request(reference);
    });
  const remap = (product: string) =>
    tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: product });

  it('never wait for each other: all commit, and everything is in order in the end', async () => {
    for (let round = 0; round < ROUNDS; round += 1)
      await Promise.all([
        tested.worker.drain(),
        requestAll(references),
        requestAll(references.toReversed()),
        remap(round % 2 === 0 ? 'saas-personal' : 'saas-business'),
        tested.sync.changed({ kind: 'customer', customerId: 'cus-1' }),
        tested.sync.retryAll(),
        tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId: `cus-${round % 2}` }),
      ]);
    await tested.worker.drain();
    const attempts = await Promise.all(references.map(({ id }) => tested.recordOf(id)));
    expect(attempts.map(({ status }) => status)).toEqual(references.map(() => 'synced'));
  });
});
