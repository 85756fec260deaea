import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Drafting, NO_DRAFT, startDrafting } from '../../api/testing/drafting.js';
import { reload } from '../../api/testing/invoicing.js';
import { refusalOf } from '../../api/testing/lago-refusal.js';
import { RefusedError } from '../../api/testing/scripted.tax-strategy.js';
import { bill } from '../../api/testing/subscribing.js';

describe('a draft that several want something of', () => {
  let on: Drafting;
  beforeEach(async () => {
    on = await startDrafting();
  });
  afterEach(() => on.host.close());

  it('is finalized once, however many ask for it at the same moment', async () => {
    const draft = await on.drafted();
    const asked = await Promise.allSettled(Array.from({ length: 4 }, () => on.finalize(draft)));
    expect(asked.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect(on.strategy.settled).toHaveLength(1);
    expect(await refusalOf(on.finalize(draft))).toMatchObject(NO_DRAFT);
    expect(await refusalOf(on.refresh(draft))).toMatchObject(NO_DRAFT);
  });

  it('that is refreshed and finalized at the same moment is final, with one set of fees', async () => {
    on.strategy.settles();
    const draft = await on.drafted();
    await Promise.allSettled([on.refresh(draft), on.finalize(draft), on.refresh(draft)]);
    expect(await reload(on.host, draft)).toMatchObject({
      status: 'finalized',
      fees: [{ amount_cents: 3_000 }, { amount_cents: 200 }],
      fees_amount_cents: 3_200,
      taxes_amount_cents: 320,
    });
  });

  it('that is finalized while it is estimated keeps what was settled', async () => {
    const draft = await on.drafted();
    const held = on.strategy.holdsEstimate();
    const refreshing = on.refresh(draft);
    await held.arrived;
    const finalized = await on.finalize(draft);
    held.release();
    expect(await refreshing).toMatchObject({ status: 'pending', taxes_amount_cents: 0 });
    expect(await reload(on.host, draft)).toEqual({ ...finalized, subscriptions: expect.anything() });
  });

  it('that is refreshed while it is estimated is estimated as it is then', async () => {
    const draft = await on.drafted();
    const held = on.strategy.holdsEstimate();
    const refreshing = on.refresh(draft);
    await held.arrived;
    await on.useMore();
    await on.refresh(draft);
    held.release();
    for (const shown of [await refreshing, await reload(on.host, draft)])
      expect(shown).toMatchObject({ fees_amount_cents: 3_600, taxes_amount_cents: 360, error_details: [] });
  });

  it('has the tax that one of them was told, though another is refused later', async () => {
    on.strategy.refusesToEstimate();
    const draft = await on.drafted();
    const held = on.strategy.holdsEstimate(new RefusedError());
    const refused = bill(on.host);
    await held.arrived;
    await bill(on.host);
    held.release();
    await refused;
    expect(await reload(on.host, draft)).toMatchObject({ taxes_amount_cents: 320, error_details: [] });
  });

  it('whose customer moves while it is estimated is estimated where it is then', async () => {
    const draft = await on.drafted();
    const held = on.strategy.holdsEstimate();
    const refreshing = on.refresh(draft);
    await held.arrived;
    await on.host.lago.customers.createCustomer({ customer: { external_id: 'acme', city: 'Boulder' } });
    held.release();
    expect(await refreshing).toMatchObject({ taxes_amount_cents: 320 });
    expect(on.strategy.estimated.map((document) => document.customer.billingAddress?.city)).toEqual([
      'Denver',
      'Denver',
      'Boulder',
    ]);
  });
});
