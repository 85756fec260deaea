import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NEW_YORK } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';
import { problem } from '../support/problem.js';

describe('the admin API on records', () => {
  let host: HostUnderTest;
  let failed: string;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
    await host.customer('globex', NEW_YORK);
    await host.stock('unknown', 5_000);
    host.simulator.faults.next('transactions.createOrUpdate', {
      kind: 'status',
      status: 409,
      body: { type: 'jurisNotFound' },
    });
    failed = (await host.invoice('acme', {})).lago_id;
    await host.invoice('globex', { add_on_code: 'unknown' });
    await host.invoice('globex', {});
  });
  afterAll(() => host.close());

  const list = async (query: string) => (await host.admin('GET', `records?${query}`)).body;
  const countOf = async (query: string) => (await list(query)).records.length;

  it('lists where documents stand, with what is the matter and who mends it', async () => {
    expect((await list('status=failed')).records).toEqual([
      expect.objectContaining({
        connection: 'anrok',
        document: { kind: 'invoice', id: failed, number: expect.stringMatching(/^INV-/), customerId: 'acme' },
        status: 'failed',
        problem: expect.objectContaining({
          code: 'anrok_juris_not_found',
          remedy: expect.any(String),
          fixedBy: 'customers',
        }),
      }),
    ]);
  });

  it.each([
    ['', 3],
    ['status=failed,waiting', 2],
    ['status=failed&status=synced', 2],
    ['problemCode=item_not_mapped', 1],
    ['kind=invoice&customerId=globex', 2],
    ['kind=credit_note', 0],
    ['connectionCode=anrok', 3],
    ['connectionCode=other', 0],
    ['requestedFrom=2026-03-15&requestedTo=2026-03-15', 3],
    ['requestedTo=2026-03-14', 0],
    ["customerId='%20or%20'1'='1", 0],
    ['customerId=%25', 0],
  ])('filters by "%s"', async (query, count) => {
    expect(await countOf(query)).toBe(count);
  });

  it('lists page by page', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await list(`limit=2${next && `&after=${next}`}`);
      seen.push(...page.records.map(({ id }: { id: string }) => id));
      next = page.next;
    }
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
  });

  it.each([
    ['records?status=lost', 400, 'invalid_request'],
    ['records?status[$ne]=x', 400, 'invalid_request'],
    ['records?kind=receipt', 400, 'invalid_request'],
    ['records?requestedFrom=2026-02-31', 400, 'invalid_request'],
    ['records?requestedFrom=yesterday', 400, 'invalid_request'],
    ['records?customerId=', 400, 'invalid_request'],
    ['records?customerId=a&customerId=b', 400, 'invalid_request'],
    ['records?customerId=%00', 400, 'invalid_request'],
    [`records?customerId=${'x'.repeat(256)}`, 400, 'invalid_request'],
    ['records?after=x', 400, 'invalid_cursor'],
    ['records?limit=0', 400, 'invalid_request'],
    ['records?limit=501', 400, 'invalid_request'],
    ['records?limit=x', 400, 'invalid_request'],
    ['records?surprise=1', 400, 'invalid_request'],
    ['records/00000000-0000-7000-8000-000000000000', 404, 'sync_record_not_found'],
    ['records/not-an-id', 404, 'sync_record_not_found'],
    ['records/%00', 400, 'invalid_request'],
    ["records/1'%20or%20'1'='1", 404, 'sync_record_not_found'],
  ])('answers GET /%s with %i %s', async (path, status, code) => {
    expect(await host.admin('GET', path)).toEqual(problem(status, code));
  });

  it.each([
    { status: ['lost'] },
    { kind: 1 },
    { customerId: { $ne: null } },
    { customerId: 'a\u0000' },
    { surprise: true },
    [1],
  ])('refuses to retry by %j', async (filter) => {
    expect(await host.admin('POST', 'records/retry', filter)).toEqual(problem(400, 'invalid_request'));
  });

  it('tries again what fits, and only that', async () => {
    expect(await host.admin('POST', 'records/retry', { problemCode: 'item_not_mapped' })).toMatchObject({
      status: 202,
      body: { documents: 1 },
    });
    expect(await countOf('status=pending')).toBe(1);
    await host.work();
  });

  it('shows one in full: taxes, transactions, attempts; and tries it again when asked', async () => {
    const [{ id }] = (await list(`documentId=${failed}`)).records;
    expect(await host.admin('POST', `records/${id}/retry`)).toMatchObject({ status: 202, body: { status: 'pending' } });
    await host.work();
    const invoice = await host.reload(failed);
    const { body } = await host.admin('GET', `records/${id}`);
    expect(body).toMatchObject({
      status: 'synced',
      problem: null,
      taxAmount: invoice.taxes_amount_cents,
      netTaxAmount: invoice.taxes_amount_cents,
      waitsFor: [],
      related: [],
      taxes: {
        currency: 'USD',
        taxAmountToCollect: invoice.taxes_amount_cents,
        lines: [{ productExternalId: 'saas-business', jurisdictions: expect.any(Array) }],
      },
      transactions: [{ transactionId: `host:invoice:${failed}`, version: 1, page: null }],
      attempts: [{ outcome: 'applied' }, { outcome: 'failed', problemCode: 'anrok_juris_not_found' }],
    });
    expect(body.taxes.lines[0].jurisdictions.length).toBeGreaterThan(1);
  });

  it('shows an invoice with its credit notes', async () => {
    const invoice = await host.invoice('acme', {});
    await host.creditNote(invoice, [20_000]);
    await host.work();
    const [{ id }] = (await list(`documentId=${invoice.lago_id}`)).records;
    const { body } = await host.admin('GET', `records/${id}`);
    expect(body.related).toEqual([
      expect.objectContaining({ status: 'synced', document: expect.objectContaining({ kind: 'credit_note' }) }),
    ]);
    expect(body.netTaxAmount).toBe(body.taxAmount + body.related[0].countedTaxAmount);
  });

  it('says what one waits for', async () => {
    const [{ id }] = (await list('problemCode=item_not_mapped')).records;
    const { body } = await host.admin('GET', `records/${id}`);
    expect(body).toMatchObject({
      problem: { fixedBy: 'mappings' },
      waitsFor: [{ kind: 'item_mapping', itemType: 'add_on', itemId: 'unknown' }],
      taxes: null,
    });
  });

  it('sums up how the sync is doing', async () => {
    const { status, body } = await host.admin('GET', 'summary');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      today: { waiting: 1, failed: 0 },
      oldest: { status: 'waiting', count: 1 },
      connections: [{ code: 'anrok', pausedAt: null, open: { waiting: 1 } }],
    });
    expect(body.days).toHaveLength(14);
    expect(await host.admin('GET', 'backlog')).toMatchObject({ status: 200, body: { backlog: [{ count: 1 }] } });
  });
});
