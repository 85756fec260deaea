import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BillableMetricObject, PlanUpdateInput } from 'lago-javascript-client';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { stock } from '../testing/invoicing.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { charge, measure, plan, subscribe } from '../testing/subscribing.js';

describe('plans', () => {
  let host: TestHost;
  let requests: BillableMetricObject;
  let setup: { lago_id: string };
  beforeAll(async () => {
    host = await startHost();
    await stock(host);
    requests = await measure(host);
    setup = (await host.lago.addOns.findAddOn('setup')).data.add_on;
  });
  afterAll(() => host.close());

  const update = async (code: string, fields: PlanUpdateInput['plan']) =>
    (await host.lago.plans.updatePlan(code, { plan: fields })).data.plan;
  const find = async (code: string) => (await host.lago.plans.findPlan(code)).data.plan;
  const fixed = (fields: object = {}) => ({
    add_on_id: setup.lago_id,
    charge_model: 'standard' as const,
    units: 2,
    ...fields,
  });

  it('come back as they were given, with their charges', async () => {
    const given = {
      name: 'Premium',
      invoice_display_name: 'Premium (P)',
      description: 'All of it',
      interval: 'quarterly' as const,
      amount_cents: 9_900,
      pay_in_advance: true,
    };
    const created = await plan(host, 'as-given', {
      ...given,
      minimum_commitment: { amount_cents: 50_000, invoice_display_name: 'At least' },
      charges: [charge(requests, { invoice_display_name: 'API', pay_in_advance: true, invoiceable: false })],
      fixed_charges: [fixed({ properties: { amount: '12.5' }, pay_in_advance: true })],
    });
    expect(created).toMatchObject({
      ...given,
      code: 'as-given',
      minimum_commitment: { plan_code: 'as-given', amount_cents: 50_000, invoice_display_name: 'At least' },
      charges: [
        {
          lago_billable_metric_id: requests.lago_id,
          billable_metric_code: 'requests',
          charge_model: 'standard',
          properties: { amount: '0.002' },
          invoice_display_name: 'API',
          pay_in_advance: true,
          invoiceable: false,
        },
      ],
      fixed_charges: [{ add_on_code: 'setup', units: 2, properties: { amount: '12.5' }, pay_in_advance: true }],
    });
    expect(await find('as-given')).toEqual(created);
  });

  it('charge in arrears and on invoices unless they say otherwise, and for an add-on what it costs', async () => {
    expect(await plan(host, 'defaults', { charges: [charge(requests)], fixed_charges: [fixed()] })).toMatchObject({
      charges: [{ pay_in_advance: false, invoiceable: true, invoice_display_name: null }],
      fixed_charges: [{ pay_in_advance: false, properties: { amount: '100.00' }, invoice_display_name: 'Setup' }],
    });
  });

  it('take prices finer than a cent, as text or number', async () => {
    const created = await plan(host, 'fine', { charges: [charge(requests, { properties: { amount: 0.0000001 } })] });
    expect(created.charges).toMatchObject([{ properties: { amount: '0.0000001' } }]);
  });

  it('keep what an update does not mention, and lose what it sets to null', async () => {
    const before = await plan(host, 'partial', {
      description: 'Old',
      minimum_commitment: { amount_cents: 1 },
      charges: [charge(requests)],
    });
    expect(await update('partial', { amount_cents: 1 })).toEqual({
      ...before,
      amount_cents: 1,
      minimum_commitment: { ...before.minimum_commitment, updated_at: expect.any(String) },
    });
    const after = await update('partial', { description: null, minimum_commitment: null } as never);
    expect(after).not.toHaveProperty('minimum_commitment');
    expect(after).not.toHaveProperty('description');
    expect(after.charges).toEqual(before.charges);
  });

  it('keep a charge that is given again, with its id, and drop what is not given', async () => {
    const before = await plan(host, 'again', { charges: [charge(requests)], fixed_charges: [fixed()] });
    const storage = await measure(host, 'storage');
    const after = await update('again', {
      charges: [charge(storage), charge(requests, { properties: { amount: '7' } })],
      fixed_charges: [],
    });
    expect(after.charges).toMatchObject([
      { billable_metric_code: 'storage' },
      { lago_id: before.charges![0]!.lago_id, properties: { amount: '7' } },
    ]);
    expect(after.fixed_charges).toEqual([]);
    expect(await find('again')).toEqual(after);
  });

  it('with subscriptions keep what decides when these are billed, and take new prices', async () => {
    await plan(host, 'in-use', { charges: [charge(requests)] });
    await subscribe(host, 'in-use');
    const changes = { code: 'renamed', interval: 'weekly', amount_currency: 'EUR', pay_in_advance: true } as const;
    const inUse = ['plan_in_use'];
    expect(await refusalOf(update('in-use', changes))).toMatchObject({
      status: 422,
      error_details: { code: inUse, interval: inUse, amount_currency: inUse, pay_in_advance: inUse },
    });
    const inAdvance = { charges: [charge(requests, { pay_in_advance: true })] };
    expect(await refusalOf(update('in-use', inAdvance as never))).toMatchObject({
      error_details: { 'charges[0].pay_in_advance': inUse },
    });
    const priced = { name: 'Other', amount_cents: 1, charges: [charge(requests, { properties: { amount: '9' } })] };
    expect(await update('in-use', { ...priced, interval: 'monthly' } as never)).toMatchObject({
      name: 'Other',
      amount_cents: 1,
      charges: [{ properties: { amount: '9' } }],
    });
  });

  it('with subscriptions keep what is charged in advance, lest it come back in arrears', async () => {
    const inAdvance = { pay_in_advance: true };
    const [storage, inUse] = [await measure(host, 'stored'), ['plan_in_use']];
    const given = { charges: [charge(requests, inAdvance), charge(storage)], fixed_charges: [fixed(inAdvance)] };
    const before = await plan(host, 'in-advance', given);
    await subscribe(host, 'in-advance');
    expect(await refusalOf(update('in-advance', { charges: [] }))).toMatchObject({
      status: 422,
      error_details: { charges: inUse },
    });
    expect(await refusalOf(update('in-advance', { charges: [charge(storage)] }))).toMatchObject({
      error_details: { charges: inUse },
    });
    expect(await refusalOf(update('in-advance', { fixed_charges: [] }))).toMatchObject({
      error_details: { fixed_charges: inUse },
    });
    expect(await find('in-advance')).toEqual(before);
    const after = await update('in-advance', { charges: [charge(requests, inAdvance)] });
    expect(after.charges).toMatchObject([{ lago_id: before.charges![0]!.lago_id }]);
  });

  it('are deleted, unless they have subscriptions', async () => {
    await plan(host, 'short-lived', { charges: [charge(requests)] });
    expect((await host.lago.plans.destroyPlan('short-lived')).data.plan.code).toBe('short-lived');
    expect(await refusalOf(find('short-lived'))).toMatchObject({ status: 404, code: 'plan_not_found' });
    await plan(host, 'subscribed');
    await subscribe(host, 'subscribed');
    expect(await refusalOf(host.lago.plans.destroyPlan('subscribed'))).toMatchObject({
      status: 405,
      code: 'plan_in_use',
    });
  });

  it('can not share a code', async () => {
    await plan(host, 'taken');
    expect(await refusalOf(plan(host, 'taken'))).toMatchObject({ error_details: { code: ['value_already_exist'] } });
  });

  const wrong: [string, () => object, object][] = [
    ['an unknown interval', () => ({ interval: 'daily' }), { interval: ['value_is_invalid'] }],
    ['less than nothing', () => ({ amount_cents: -1 }), { amount_cents: ['value_is_out_of_range'] }],
    ['an unknown currency', () => ({ amount_currency: 'usd' }), { amount_currency: ['value_is_invalid'] }],
    ['a word for yes', () => ({ pay_in_advance: 'yes' }), { pay_in_advance: ['value_is_invalid'] }],
    [
      'a commitment to nothing in particular',
      () => ({ minimum_commitment: {} }),
      { 'minimum_commitment.amount_cents': ['value_is_mandatory'] },
    ],
    [
      'a model that is unknown',
      () => ({ charges: [charge(requests, { charge_model: 'volume' })] }),
      { 'charges[0].charge_model': ['value_is_invalid'] },
    ],
    [
      'a price with an exponent',
      () => ({ charges: [charge(requests, { properties: { amount: '1e3' } })] }),
      { 'charges[0].properties.amount': ['value_is_invalid'] },
    ],
    [
      'a price below nothing',
      () => ({ charges: [charge(requests, { properties: { amount: '-1' } })] }),
      { 'charges[0].properties.amount': ['value_is_out_of_range'] },
    ],
    [
      'a charge without a price',
      () => ({ charges: [charge(requests, { properties: undefined })] }),
      { 'charges[0].properties': ['value_is_mandatory'] },
    ],
    [
      'two charges for one metric',
      () => ({ charges: [charge(requests), charge(requests)] }),
      { 'charges[1].billable_metric_id': ['value_already_exist'] },
    ],
    [
      'arrears that come on no invoice',
      () => ({ charges: [charge(requests, { invoiceable: false })] }),
      { 'charges[0].invoiceable': ['value_is_invalid'] },
    ],
    [
      'less than no unit',
      () => ({ fixed_charges: [fixed({ units: -1 })] }),
      { 'fixed_charges[0].units': ['value_is_out_of_range'] },
    ],
    [
      'an add-on whose price is in another currency',
      () => ({ fixed_charges: [fixed()], amount_currency: 'EUR' }),
      { 'fixed_charges[0].properties.amount': ['value_is_mandatory'] },
    ],
  ];
  it.each(wrong)('refuse %s', async (_, fields, error_details) => {
    await plan(host, 'to-update').catch(() => {});
    expect(await refusalOf(plan(host, 'to-create', fields()))).toMatchObject({ status: 422, error_details });
    expect(await refusalOf(update('to-update', fields()))).toMatchObject({ status: 422, error_details });
  });

  it.each(['nonsense', '00000000-0000-0000-0000-000000000000'])('do not charge for %s', async (lago_id) => {
    expect(await refusalOf(plan(host, 'x', { charges: [charge({ lago_id })] }))).toMatchObject({
      status: 404,
      code: 'billable_metric_not_found',
    });
    expect(await refusalOf(plan(host, 'x', { fixed_charges: [fixed({ add_on_id: lago_id })] }))).toMatchObject({
      code: 'add_on_not_found',
    });
  });

  it('are listed newest first, in pages, with their charges', async () => {
    await plan(host, 'last-but-one');
    await plan(host, 'last', { charges: [charge(requests)] });
    const { data } = await host.lago.plans.findAllPlans({ per_page: 2 });
    expect(data.plans.map(({ code, charges }) => [code, charges?.length])).toEqual([
      ['last', 1],
      ['last-but-one', 0],
    ]);
  });
});
