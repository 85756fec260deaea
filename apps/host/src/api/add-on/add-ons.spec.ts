import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddOnBaseInput } from 'lago-javascript-client';
import { refusalOf } from '../testing/lago-refusal.js';
import { startHost, type TestHost } from '../testing/host.starter.js';

describe('add-ons', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host.close());

  const setup: AddOnBaseInput = { name: 'Setup', amount_cents: 50_000, amount_currency: 'USD' };
  const create = async (code: string | undefined, fields: AddOnBaseInput = {}) =>
    (await host.lago.addOns.createAddOn({ add_on: { ...setup, code, ...fields } })).data.add_on;
  const update = async (code: string, add_on: AddOnBaseInput) =>
    (await host.lago.addOns.updateAddOn(code, { add_on })).data.add_on;

  it('come back as they were given', async () => {
    const given = { ...setup, invoice_display_name: 'Setup (SF1)', description: 'Done once' };
    const created = await create('as-given', given);
    expect(created).toMatchObject({ code: 'as-given', ...given, taxes: [] });
    expect((await host.lago.addOns.findAddOn('as-given')).data.add_on).toEqual(created);
  });

  it('keep what an update does not mention, and lose what it sets to null', async () => {
    const before = await create('partial', { description: 'Old', invoice_display_name: 'S' });
    expect(await update('partial', { amount_cents: 1, description: null })).toEqual({
      ...before,
      amount_cents: 1,
      description: null,
    });
  });

  it('may get another code, and are found by it from then on', async () => {
    await create('old-code');
    await update('old-code', { code: 'new-code' });
    expect((await host.lago.addOns.findAddOn('new-code')).data.add_on.code).toBe('new-code');
    expect(await refusalOf(host.lago.addOns.findAddOn('old-code'))).toMatchObject({ code: 'add_on_not_found' });
  });

  it('can not share a code', async () => {
    const taken = { status: 422, error_details: { code: ['value_already_exist'] } };
    await create('taken');
    await create('other');
    expect(await refusalOf(create('taken'))).toMatchObject(taken);
    expect(await refusalOf(update('other', { code: 'taken' }))).toMatchObject(taken);
    expect(await update('taken', { code: 'taken' })).toMatchObject({ code: 'taken' });
  });

  const wrong: [object, object][] = [
    [{ code: '' }, { code: ['value_is_mandatory'] }],
    [{ name: null }, { name: ['value_is_mandatory'] }],
    [{ amount_cents: null }, { amount_cents: ['value_is_mandatory'] }],
    [{ amount_cents: '100' }, { amount_cents: ['value_is_invalid'] }],
    [{ amount_cents: 10.5 }, { amount_cents: ['value_is_invalid'] }],
    [{ amount_cents: 0 }, { amount_cents: ['value_is_out_of_range'] }],
    [{ amount_cents: 2 ** 53 }, { amount_cents: ['value_is_out_of_range'] }],
    [{ amount_currency: 'usd' }, { amount_currency: ['value_is_invalid'] }],
    [{ description: {} }, { description: ['value_is_invalid'] }],
  ];
  it.each(wrong)('refuse %j', async (fields, error_details) => {
    await create('to-update').catch(() => {});
    const refusal = expect.objectContaining({ status: 422, code: 'validation_errors', error_details });
    expect(await refusalOf(create('to-create', fields))).toEqual(refusal);
    expect(await refusalOf(update('to-update', fields))).toEqual(refusal);
  });

  it('need a code, a name, an amount and a currency', async () => {
    expect(await refusalOf(host.lago.addOns.createAddOn({ add_on: {} }))).toMatchObject({
      error_details: {
        code: ['value_is_mandatory'],
        name: ['value_is_mandatory'],
        amount_cents: ['value_is_mandatory'],
        amount_currency: ['value_is_mandatory'],
      },
    });
  });

  it('can not be updated when there is none', async () => {
    expect(await refusalOf(update('nothing', { name: 'x' }))).toEqual({
      status: 404,
      error: 'Not Found',
      code: 'add_on_not_found',
    });
  });

  it('are listed newest first, in pages', async () => {
    await create('last-but-one');
    await create('last');
    const { add_ons, meta } = (await host.lago.addOns.findAllAddOns({ page: 1, per_page: 2 })).data;
    expect(add_ons.map((addOn) => addOn.code)).toEqual(['last', 'last-but-one']);
    expect(meta).toMatchObject({ current_page: 1, next_page: 2, prev_page: null });
  });
});
