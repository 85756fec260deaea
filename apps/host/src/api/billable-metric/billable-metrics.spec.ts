import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BillableMetricBaseInput } from 'lago-javascript-client';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { charge, plan } from '../testing/subscribing.js';

describe('billable metrics', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host.close());

  const storage: BillableMetricBaseInput = { name: 'Storage', aggregation_type: 'sum_agg', field_name: 'gb' };
  const create = async (code: string | undefined, fields: BillableMetricBaseInput = {}) =>
    (await host.lago.billableMetrics.createBillableMetric({ billable_metric: { ...storage, code, ...fields } })).data
      .billable_metric;
  const update = async (code: string, billable_metric: BillableMetricBaseInput) =>
    (await host.lago.billableMetrics.updateBillableMetric(code, { billable_metric })).data.billable_metric;
  const find = async (code: string) => (await host.lago.billableMetrics.findBillableMetric(code)).data.billable_metric;

  it('come back as they were given', async () => {
    const created = await create('as-given', { description: 'GB of storage' });
    expect(created).toMatchObject({ ...storage, code: 'as-given', description: 'GB of storage', recurring: false });
    expect(await find('as-given')).toEqual(created);
  });

  it.each(['count_agg', 'sum_agg', 'max_agg', 'unique_count_agg'] as const)('aggregate by %s', async (type) => {
    expect((await create(type, { aggregation_type: type })).aggregation_type).toBe(type);
  });

  it('need a property to aggregate, unless they count', async () => {
    const mandatory = { status: 422, error_details: { field_name: ['value_is_mandatory'] } };
    expect(await refusalOf(create('no-field', { field_name: null }))).toMatchObject(mandatory);
    expect(await create('counts', { aggregation_type: 'count_agg', field_name: null })).toMatchObject({
      field_name: null,
    });
    expect(await refusalOf(update('counts', { aggregation_type: 'max_agg' }))).toMatchObject(mandatory);
    expect(await find('counts')).toMatchObject({ aggregation_type: 'count_agg' });
  });

  const wrong: [object, object][] = [
    [{ code: '' }, { code: ['value_is_mandatory'] }],
    [{ name: null }, { name: ['value_is_mandatory'] }],
    [{ aggregation_type: 'weighted_sum_agg' }, { aggregation_type: ['value_is_invalid'] }],
    [{ aggregation_type: 'sum' }, { aggregation_type: ['value_is_invalid'] }],
    [{ field_name: 7 }, { field_name: ['value_is_invalid'] }],
  ];
  it.each(wrong)('refuse %j', async (fields, error_details) => {
    await create('to-update').catch(() => {});
    expect(await refusalOf(create('to-create', fields))).toMatchObject({ status: 422, error_details });
    expect(await refusalOf(update('to-update', fields))).toMatchObject({ status: 422, error_details });
  });

  it('can not share a code', async () => {
    await create('taken');
    expect(await refusalOf(create('taken'))).toMatchObject({ error_details: { code: ['value_already_exist'] } });
  });

  it('keep their code and their way of counting once a plan charges for them', async () => {
    await plan(host, 'charging', { charges: [charge(await create('charged'))] });
    const fixed = { status: 422, error_details: expect.objectContaining({ code: ['attached_to_a_plan'] }) };
    expect(await refusalOf(update('charged', { code: 'other', field_name: 'mb' }))).toMatchObject({
      ...fixed,
      error_details: { code: ['attached_to_a_plan'], field_name: ['attached_to_a_plan'] },
    });
    expect(await update('charged', { name: 'Renamed', code: 'charged' })).toMatchObject({ name: 'Renamed' });
  });

  it('are deleted, unless a plan charges for them', async () => {
    await create('short-lived');
    const { data } = await host.lago.billableMetrics.destroyBillableMetric('short-lived');
    expect(data.billable_metric.code).toBe('short-lived');
    expect(await refusalOf(find('short-lived'))).toMatchObject({ status: 404, code: 'billable_metric_not_found' });

    await plan(host, 'keeping', { charges: [charge(await create('kept'))] });
    expect(await refusalOf(host.lago.billableMetrics.destroyBillableMetric('kept'))).toMatchObject({
      status: 405,
      code: 'attached_to_a_plan',
    });
  });

  it('are listed newest first, in pages', async () => {
    await create('last-but-one');
    await create('last');
    const { data } = await host.lago.billableMetrics.findAllBillableMetrics({ per_page: 2 });
    expect(data.billable_metrics.map((metric) => metric.code)).toEqual(['last', 'last-but-one']);
    expect(data.meta).toMatchObject({ current_page: 1, next_page: 2 });
  });
});
