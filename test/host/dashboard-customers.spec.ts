import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const HOSTILE = '<script>alert(1)</script>';

describe('the dashboard’s customers', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('ada', { ...DENVER, name: HOSTILE });
    await host.customer('nomad');
    await host.customer('berlin', { country: 'DE', city: 'Berlin', tax_identification_number: 'DE123456788' });
    await host.lago.customers.createCustomer({ customer: { external_id: 'cash/only', name: 'Cash' } });
    await host.invoice('nomad', {});
  });
  afterAll(() => host.close());

  const page = (path = '') => host.page(`customers${path}`);
  const certificate = (fields: Record<string, string> = {}, file?: File) => {
    const form = new FormData();
    const given = { states: 'co, us-MA', effectiveFrom: '2026-01-01', exemptionNumber: 'EX-1', ...fields };
    for (const [name, value] of Object.entries(given)) form.set(name, value);
    form.set('file', file ?? new File(['%PDF-1.7'], 'certificate.pdf', { type: 'application/pdf' }));
    return host.page('customers/ada/certificates', form);
  };

  it('are listed, whether Anrok taxes them or not, and found by a part of their names', async () => {
    const { status, text } = await page();
    expect(status).toBe(200);
    expect(text).toContain('href="./customers/cash%2Fonly"');
    expect(text).toContain('&lt;script>alert(1)&lt;/script>');
    expect(text).not.toContain(HOSTILE);
    expect((await page('?search=CAS')).text).not.toContain('nomad');
    expect((await page('?search=nobody')).text).toContain('No customer fits.');
  });

  it('say what Anrok gets of them, or why it can not get it', async () => {
    expect((await page('/ada')).text).toContain('<dd>1450 Cherokee St</dd>');
    const { text } = await page('/nomad');
    expect(text).toContain('Customer nomad has no address to tax');
    expect(text).toContain('1 document not done');
  });

  it('are linked, changed and unlinked', async () => {
    const path = 'customers/cash%2Fonly';
    expect((await host.page(path)).text).toContain('Have Anrok tax it');
    const linked = await host.page(`${path}/link`, { connectionCode: 'anrok', anrokCustomerId: 'cash' });
    expect(linked.status).toBe(303);
    expect(linked.headers.get('location')).toContain('customers/cash%2Fonly?notice=linked&count=0');
    expect((await host.page(path)).text).toContain('<code>cash</code>');
    expect((await host.page(`${path}/unlink`, {})).headers.get('location')).toContain('notice=unlinked');
    expect((await host.page(path)).text).toContain('Have Anrok tax it');
  });

  it('continue with what waited once they are linked otherwise', async () => {
    const { headers } = await host.page('customers/nomad/link', { connectionCode: 'anrok', anrokCustomerId: 'n' });
    expect(headers.get('location')).toContain('notice=linked&count=1');
    expect((await page('/nomad?notice=linked&count=1')).text).toContain('1 document that waited for it continues.');
  });

  it.each<[string, Record<string, string>, number]>([
    ['no connection', {}, 400],
    ['one that there is not', { connectionCode: 'none' }, 404],
    ['an id with control characters', { connectionCode: 'anrok', anrokCustomerId: 'a\nb' }, 400],
  ])('are not linked to %s', async (_, form, status) => {
    expect((await host.page('customers/ada/link', form)).status).toBe(status);
  });

  it('are not shown where there is none', async () => {
    for (const path of ['/nobody', '/nobody/tax-ids', '/nobody/certificates', '/nobody/certificates/x'])
      expect((await page(path)).status).toBe(404);
  });

  describe('and their tax ids', () => {
    it('are checked as the host has them, and as they are entered', async () => {
      const { text } = await page('/berlin/tax-ids');
      expect(text).toContain('value="DE123456788"');
      expect(text).toContain('Who asks for a tax id');
      const { text: entered } = await page(`/berlin/tax-ids?taxIds=${encodeURIComponent(`nonsense ${HOSTILE}`)}`);
      expect(entered).toContain('nonsense');
      expect(entered).not.toMatch(/>[^<]*<script>alert/);
    });

    it('can not be checked without an address, and the page says so', async () => {
      expect((await page('/nomad/tax-ids')).text).toContain('Customer nomad has no address to tax');
    });
  });

  describe('and their exemption certificates', () => {
    it('are kept at Anrok, once each, shown and archived', async () => {
      await host.invoice('ada', {});
      expect((await page('/ada/certificates')).text).toContain('Anrok has none of this customer');
      const added = await certificate({ notes: HOSTILE });
      expect(added.status).toBe(303);
      expect(added.headers.get('location')).toContain('notice=certificate_kept');
      expect((await certificate({ notes: HOSTILE })).headers.get('location')).toContain('certificate_there');

      const { text } = await page('/ada/certificates');
      expect(text).toContain('<span class="badge good">active</span>');
      expect(text).toContain('us-CO, us-MA');
      const [, path = ''] = /href="\.\/\.\.\/\.\.\/customers(\/ada\/certificates\/[^"]+)"/.exec(text) ?? [];
      const shown = await page(path);
      expect(shown.text).toContain('EX-1');
      expect(shown.text).not.toContain(HOSTILE);

      expect((await host.page(`customers${path}/archive`, {})).headers.get('location')).toContain('archived');
      expect((await page('/ada/certificates')).text).toContain('<span class="badge quiet">archived</span>');
    });

    it.each<[string, { fields?: Record<string, string>; file?: File }]>([
      ['no state', { fields: { states: '' } }],
      ['a state of another country', { fields: { states: 'Bavaria' } }],
      ['no first day', { fields: { effectiveFrom: '' } }],
      ['a day that there is not', { fields: { effectiveFrom: '2026-02-31' } }],
      ['no file', { file: new File([], '') }],
      ['a file with a folder', { file: new File(['x'], 'a\\b.pdf') }],
    ])('are refused with %s', async (_, { fields, file }) => {
      expect((await certificate(fields, file)).status).toBe(400);
    });

    it('are asked for by e-mail, or with a link to hand over', async () => {
      const emailAddress = 'ada@example.com';
      const mailed = await host.page('customers/ada/certificates/request', { emailAddress });
      expect(mailed.headers.get('location')).toContain('notice=certificate_requested');
      const { status, text } = await host.page('customers/ada/certificates/request-link', { emailAddress });
      expect(status).toBe(200);
      expect(text).toContain('<code>https://');
      expect((await host.page('customers/ada/certificates/request', { emailAddress: 'nobody' })).status).toBe(400);
    });
  });

  it.each(['ada/link', 'ada/unlink', 'ada/certificates', 'ada/certificates/request', 'ada/certificates/x/archive'])(
    'are not changed by a page of another site: %s',
    async (path) => {
      expect((await host.page(`customers/${path}`, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    },
  );
});
