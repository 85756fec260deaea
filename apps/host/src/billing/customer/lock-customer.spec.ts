import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { call, startCharging } from '../../api/testing/charging.js';
import { invoice } from '../../api/testing/invoicing.js';
import { bill, invoicesOf } from '../../api/testing/subscribing.js';
import { createWallet, topUp } from '../../api/testing/wallets.js';

const TIMES = 4;
const times = <T>(work: (index: number) => Promise<T>) => Array.from({ length: TIMES }, (_, index) => work(index));

describe('a customer of whom much is wanted at the same moment', () => {
  let on: Awaited<ReturnType<typeof startCharging>>;
  beforeAll(async () => {
    on = await startCharging();
  });
  afterAll(() => on.host.close());

  // PostgreSQL ends one of two that wait for each other, if only by a foreign key
  it('is billed and charged, and fails nobody', async () => {
    const { host } = on;
    const wallet = await createWallet(host);
    host.clock.set('2026-04-01T12:00:00Z');
    const asked = await Promise.allSettled([
      bill(host),
      ...times(() => invoice(host)),
      ...times(() => topUp(host, wallet, { paid_credits: '1' })),
      ...times((index) => call(host, `invoiced-${index}`, { subscription: 'invoiced' })),
      ...times((index) => call(host, `alone-${index}`)),
    ]);
    expect(asked.map(({ status }) => status)).not.toContain('rejected');
    expect(asked[0]).toMatchObject({ value: { issued: [expect.any(String)], failed: [] } });
    expect(await invoicesOf(host)).toHaveLength(1 + 3 * TIMES);
  });
});
