import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AnrokClient,
  AnrokConflictError,
  type AnrokEphemeralTransaction,
  AnrokFeatureNotEnabledError,
  InMemoryRateLimiter,
} from '@anrok-nest/client';
import { type AnrokSimulator, OPERATION_NAMES, startAnrokSimulator } from '@anrok-nest/simulator';

/**
 * The client and the simulator were written apart from each other, from the same public reference. Where they
 * understand each other, two witnesses agree on what it says.
 */
describe('the client and the simulator agree', () => {
  let simulator: AnrokSimulator;
  let anrok: AnrokClient;
  beforeEach(async () => {
    simulator = await startAnrokSimulator({ requestsPerSecond: null });
    anrok = client();
  });
  afterEach(() => simulator.close());

  const client = (apiKey = simulator.apiKey, rateLimiter = new InMemoryRateLimiter({ requestsPerSecond: 1_000 })) =>
    new AnrokClient({ apiKey, baseUrl: simulator.url, rateLimiter });
  const sale = (changes: Partial<AnrokEphemeralTransaction> = {}) =>
    ({
      currencyCode: 'USD',
      accountingDate: '2026-01-31',
      customerAddress: { country: 'US', region: 'CO', city: 'Denver', line1: '1450 Cherokee St', postalCode: '80204' },
      customerId: 'acme',
      customerName: 'Acme Inc',
      lineItems: [{ id: 'l1', productExternalId: 'saas-business', amount: 15_000, quantity: '1' }],
      ...changes,
    }) as AnrokEphemeralTransaction;
  const all = async <T>(list: AsyncIterable<T>) => {
    const items: T[] = [];
    for await (const item of list) items.push(item);
    return items;
  };

  it('on the life of a transaction', async () => {
    const estimate = await anrok.transactions.createEphemeral(sale());
    expect(estimate).toMatchObject({ taxAmountToCollect: 722, lineItems: [{ id: 'l1', taxAmountToCollect: 722 }] });
    expect(simulator.books.transactions()).toEqual([]);

    expect(await anrok.transactions.createOrUpdate({ id: 'p:invoice:1', ...sale() })).toEqual({
      version: 1,
      ...estimate,
    });
    const changed = sale({ lineItems: [{ id: 'l1', productExternalId: 'saas-business', amount: -500 }] });
    expect(await anrok.transactions.createOrUpdate({ id: 'p:invoice:1', ...changed })).toMatchObject({ version: 2 });

    await expect(anrok.transactions.void('p:invoice:1', { transactionExpectedVersion: 1 })).rejects.toMatchObject({
      type: 'transactionExpectedVersionMismatch',
    });
    await anrok.transactions.createNegation({
      originalTransactionId: 'p:invoice:1',
      newTransactionId: 'p:invoice:1:negation',
      originalTransactionExpectedVersion: 2,
    });
    expect(simulator.books.netTaxOf(() => true)).toBe(0);
    await expect(
      anrok.transactions.createNegation({
        originalTransactionId: 'p:invoice:1',
        newTransactionId: 'p:invoice:1:negation',
      }),
    ).rejects.toMatchObject({ type: 'duplicateTransactionId' });
    await expect(
      anrok.transactions.createNegation({ originalTransactionId: 'p:invoice:1:negation', newTransactionId: 'x' }),
    ).rejects.toMatchObject({ type: 'transactionIsAlreadyANegation' });

    await anrok.transactions.createOrUpdate({ id: 'a/b c:ü', ...sale() });
    await anrok.transactions.void('a/b c:ü', { transactionExpectedVersion: 1 });
    expect(simulator.books.transaction('a/b c:ü')?.state).toBe('voided');
    simulator.freeze({ before: '2027-01-01' });
    await expect(anrok.transactions.void('p:invoice:1')).rejects.toMatchObject({ type: 'transactionFrozenForFiling' });
    await expect(anrok.transactions.void('unknown')).rejects.toMatchObject({ type: 'transactionIdNotFound' });
  });

  it('on lists, page after page', async () => {
    for (let index = 0; index < 25; index++) await anrok.transactions.createOrUpdate({ id: `t${index}`, ...sale() });
    await anrok.transactions.void('t3');
    const listed = await all(anrok.transactions.list({ type: 'lastModifiedAfter', value: '2020-01-01T00:00:00.000Z' }));
    expect(listed.map(({ id }) => id).toSorted()).toEqual(
      Array.from({ length: 25 }, (_, index) => `t${index}`).toSorted(),
    );
    expect(listed.find(({ id }) => id === 't3')).toMatchObject({ type: 'void', body: null });
    expect(listed.find(({ id }) => id === 't4')).toMatchObject({
      type: 'normal',
      body: { customer: { id: 'acme' }, inputAmount: 15_000, taxAmountAdded: { expected: 722 } },
    });
    expect(simulator.calls.of('transactions.list').length).toBeGreaterThan(1);
    simulator.freeze({ before: '2027-01-01' });
    const filings = await all(anrok.filings.list());
    expect(filings).toContainEqual(expect.objectContaining({ jurisId: 'us-CO', jurisFilingId: '2026-01' }));
  });

  it('on products', async () => {
    const [category] = await anrok.productTaxCategories.list();
    await anrok.products.create({ externalId: 'sku-1', taxCategoryId: category!.id, name: 'Pro plan' });
    expect(await anrok.products.get('sku-1')).toMatchObject({ externalId: 'sku-1', taxCategoryId: category!.id });
    await expect(anrok.products.get('none')).rejects.toMatchObject({ type: 'productExternalIdNotFound' });
    await expect(
      anrok.products.create({ externalId: ' odd  id ', taxCategoryId: category!.id, name: 'x' }),
    ).rejects.toMatchObject({ type: 'externalIdInvalid' });
    await anrok.productIdMappings.add('simulator', { sourceId: 'mine', targetId: 'sku-1' });
    expect(await anrok.productIdMappings.list('simulator')).toEqual([{ mine: 'sku-1' }]);
    await expect(anrok.productIdMappings.list('none')).rejects.toMatchObject({ type: 'integrationIdNotFound' });
  });

  it('on certificates and tax ids', async () => {
    const { id } = await anrok.certificates.create({
      customerId: 'acme',
      customerName: 'Acme Inc',
      effectiveDateBegin: '2022-01-01',
      certificateFile: { name: 'c.png', contentsBase64: 'Y2VydC5wbmc=' },
      jurises: [{ jurisId: 'us-MA', effectiveDateEndi: '2099-01-01' }],
    });
    expect(await anrok.certificates.get(id)).toMatchObject({ status: 'active', customerId: 'acme' });
    await anrok.certificates.archive(id);
    expect(await all(anrok.certificates.list({ customerId: 'acme' }))).toMatchObject([{ id, status: 'archived' }]);
    const request = await anrok.certificateRequests.create({ customerId: 'acme', emailAddress: 'a@acme.com' });
    expect(request.requestLink).toMatch(/^https?:/);
    const customerAddress = { country: 'DE', city: 'Berlin' };
    const answer = await anrok.taxIds.validate({ customerAddress, customerTaxIds: [{ value: 'DE136695976' }] });
    expect(answer.jurises).toMatchObject([{ validTaxIds: [{ value: 'DE136695976' }] }]);
  });

  it('on what an account has not enabled', async () => {
    simulator.setFeatures({
      listTransactions: false,
      listFilings: false,
      validateTaxIds: false,
      certificateRequests: false,
    });
    const calls = [
      all(anrok.transactions.list()),
      all(anrok.filings.list()),
      anrok.taxIds.validate({ customerAddress: { country: 'DE' }, customerTaxIds: [] }),
      anrok.certificateRequests.create({ customerId: 'x', emailAddress: 'a@b.c' }),
    ];
    for (const call of calls) await expect(call).rejects.toBeInstanceOf(AnrokFeatureNotEnabledError);
  });

  it.each<[string, Partial<AnrokEphemeralTransaction>, string]>([
    ['an unknown product', { lineItems: [{ productExternalId: 'nope', amount: 1 }] }, 'productExternalIdUnknown'],
    ['an address that says nothing', { customerAddress: { country: 'US' } }, 'customerAddressCouldNotResolve'],
    ['a date too far ahead', { accountingDate: '2999-01-01' }, 'taxDateTooFarInFuture'],
    ['a date too far back', { accountingDate: '1998-12-31' }, 'taxDateTooFarInPast'],
  ])('that %s is refused', async (_, changes, type) => {
    const { customerName: _name, customerId: _id, ...rest } = sale(changes);
    await expect(anrok.transactions.createEphemeral(rest)).rejects.toBeInstanceOf(AnrokConflictError);
    await expect(anrok.transactions.createEphemeral(rest)).rejects.toMatchObject({ type });
  });

  it('that an empty field, an unknown one and an empty list are refused', async () => {
    for (const [changes, text] of [
      [{ customerAddress: { country: 'US', region: '' } }, /region/],
      [{ customerAddress: { country: 'US', region: 'CO', line2: 'Floor 2' } }, /line2/],
      [{ lineItems: [] }, /lineItems/],
    ] as const)
      await expect(anrok.transactions.createEphemeral(sale(changes as never))).rejects.toMatchObject({
        code: 'anrok_bad_request',
        message: expect.stringMatching(text),
      });
  });

  it('on who may come in, and how often', async () => {
    await expect(client('sandbox/key1/secret.other').productTaxCategories.list()).rejects.toMatchObject({
      code: 'anrok_unauthorized',
    });
    const limited = { requestsPerSecond: 3 };
    // its second lasts until all six are there
    const standing = { now: () => new Date('2026-03-15T12:00:00Z') };
    const strict = await startAnrokSimulator({ ...limited, clock: standing });
    const fresh = await startAnrokSimulator(limited);
    const rateLimiter = new InMemoryRateLimiter({ requestsPerSecond: 1_000 });
    const eager = new AnrokClient({ apiKey: strict.apiKey, baseUrl: strict.url, rateLimiter });
    const calls = await Promise.allSettled(
      Array.from({ length: 6 }, () => eager.productTaxCategories.list({ timeoutMs: 900 })),
    );
    const refused = calls.filter((call) => call.status === 'rejected').map((call) => call.reason as unknown);
    expect(refused).toHaveLength(3);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'anrok_rate_limited', retryAfterMs: 1_000 });

    const patient = new AnrokClient({
      apiKey: fresh.apiKey,
      baseUrl: fresh.url,
      // on a busy machine, requests travel at very different speeds
      rateLimiter: new InMemoryRateLimiter({ ...limited, jitterMarginMs: 500 }),
    });
    await Promise.all(Array.from({ length: 7 }, () => patient.productTaxCategories.list()));
    expect(fresh.calls.all().map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 200));
    await Promise.all([strict.close(), fresh.close()]);
  });

  it('on every operation that there is', () => {
    const known = Object.entries(anrok).flatMap(([group, operations]) =>
      typeof operations === 'object'
        ? Object.getOwnPropertyNames(Object.getPrototypeOf(operations))
            .filter((name) => name !== 'constructor')
            .map((name) => `${group}.${name}`)
        : [],
    );
    expect(known).toHaveLength(OPERATION_NAMES.length);
  });
});
