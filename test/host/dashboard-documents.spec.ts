import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { later } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describe('the dashboard’s documents', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('denver', DENVER);
    await host.customer('nomad');
    await host.customer('<script>alert(1)</script>', DENVER);
  });
  afterAll(() => host.close());

  const firstId = (text: string) => /documents\/([0-9a-f-]{36})"/.exec(text)![1]!;

  it('show what Anrok said of each line, beside what the host has booked', async () => {
    await host.invoice('denver', {});
    const { text } = await host.page(`documents/${firstId((await host.page('documents?customerId=denver')).text)}`);
    for (const shown of [
      'Invoice INV-2026-000001',
      'Denver',
      'collected',
      'host:invoice:',
      'transactions.createOrUpdate',
    ])
      expect(text).toContain(shown);
    expect(text.match(/>agrees</g)).toHaveLength(3);
    expect(text).not.toContain(host.simulator.apiKey);
  });

  it('show a credit note beside its invoice, and the net of both', async () => {
    const invoice = await host.invoice('denver', {});
    await host.creditNote(invoice);
    await host.work();
    const { text } = await host.page('documents?kind=credit_note');
    const note = await host.page(`documents/${firstId(text)}`);
    expect(note.text).toContain('Related documents');
    expect(note.text).toContain('Anrok counts <strong>0.00 USD</strong>');
    expect(note.text.match(/>agrees</g)).toHaveLength(3);
  });

  it('say when one is recorded once more, and why', async () => {
    const shown = async () =>
      (await host.page(`documents/${firstId((await host.page('documents?customerId=hushed')).text)}`)).text;
    await host.customer('hushed', DENVER);
    host.simulator.faults.next('transactions.createOrUpdate', { kind: 'loseAnswer', by: 'reset' });
    await host.invoice('hushed', {});
    await later(host);
    expect(await shown()).toContain('because a request of it got no answer');
    await later(host, 120_000);
    expect(await shown()).not.toContain('because a request of it got no answer');
  });

  it('are narrowed by what the filter says, and by nothing that was left open', async () => {
    await host.invoice('nomad', {});
    const { text } = await host.page('documents?status=waiting&status=failed&customerId=&kind=&requestedFrom=');
    expect(text.match(/name="ids"/g)).toHaveLength(1);
    expect(text).toContain('Customer nomad has no address to tax');
    expect((await host.page('documents?customerId=nobody')).text).toContain('No document fits.');
  });

  it('are tried again one by one, chosen, or all that fit', async () => {
    const listed = await host.page('documents?status=waiting');
    const id = firstId(listed.text);
    const again = await host.page(`documents/${id}/retry`, {});
    expect(again.status).toBe(303);
    expect(new URL(again.headers.get('location')!, `${host.url}/anrok/documents/${id}/retry`).pathname).toBe(
      `/anrok/documents/${id}`,
    );
    expect(await host.work()).toBe(1);
    const chosen = await host.page('documents/retry', { ids: id, query: 'status=waiting' });
    expect(chosen.headers.get('location')).toBe('./../documents?status=waiting&notice=due&count=1');
    expect(await host.work()).toBe(1);
    const all = await host.page('documents/retry-all', { status: 'failed,waiting', customerId: 'nomad', kind: '' });
    expect(all.headers.get('location')).toContain('notice=due&count=1');
    expect(await host.work()).toBe(1);
    const none = await host.page('documents/retry', {});
    expect(none.headers.get('location')).toContain('notice=none_chosen');
  });

  it('run nothing that somebody wrote into an id', async () => {
    await host.invoice('<script>alert(1)</script>', {});
    const list = await host.page('documents');
    expect(list.text).toContain('&lt;script>alert(1)');
    const detail = await host.page(`documents/${firstId(list.text)}`);
    const filtered = await host.page('documents?customerId=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E');
    for (const { text } of [list, detail, filtered]) {
      // what stands between quotation marks is a value, whatever is in it
      expect(text.replaceAll(/"[^"]*"/g, '""')).not.toContain('<script>');
    }
  });

  it('are resynced after a dry run, whose progress is shown', async () => {
    const plan = await host.page('resyncs/plan?statuses=waiting&statuses=synced&from=&to=');
    expect(plan.text).toContain('requests to Anrok');
    expect(plan.text).toContain('customer_address_unusable');
    const started = await host.page('resyncs', { statuses: 'waiting,synced', total: '4', connection: '' });
    expect(started.status).toBe(303);
    const path = started.headers.get('location')!;
    const id = /resyncs\/([0-9a-f-]{36})/.exec(path)![1]!;
    expect((await host.page(`resyncs/${id}`)).text).toContain('0 of 4 done');
    const second = await host.page('resyncs', {});
    expect(second.status).toBe(409);
    expect(second.text).toContain('resync_already_running');
    expect((await host.page(`resyncs/${id}/cancel`, {})).status).toBe(303);
    expect((await host.page('resyncs')).text).toContain('cancelling');
  });
});
