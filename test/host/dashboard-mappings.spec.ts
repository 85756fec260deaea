import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const HOSTILE = '<img src=x onerror=alert(1)>';

describe('the dashboard’s mappings', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('ada', DENVER);
    for (const code of ['odd', 'rare', 'new']) await host.stock(code, 1_000);
    for (const add_on_code of ['odd', 'odd', 'odd', 'rare', 'new'])
      await host.invoice('ada', { add_on_code, unit_amount_cents: 1_000 });
  });
  afterAll(() => host.close());

  const page = (path = '') => host.page(`connections/anrok/mappings${path}`);
  const map = (form: Record<string, string>) =>
    host.page('connections/anrok/mappings', { itemType: 'add_on', ...form });
  const file = (content: string, fields: Record<string, string> = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new File([content], 'mappings.csv', { type: 'text/csv' }));
    return host.page('connections/anrok/mappings/table/import/plan', form);
  };
  const HEADER = 'item_type,item_id,product_external_id\n';

  it('begin with what documents wait for, what blocks most first', async () => {
    const { status, text } = await page();
    expect(status).toBe(200);
    expect(text.indexOf('What documents wait for')).toBeLessThan(text.indexOf('What the host sells'));
    expect(text.indexOf('>odd</span>')).toBeLessThan(text.indexOf('>new</span>'));
    expect(text).toContain('aria-label="3 waiting documents"');
    expect(text).toContain('<option value="saas-business">');
  });

  it('make what waited continue, and say how much that is', async () => {
    const { status, headers } = await map({ itemId: 'odd', productExternalId: ' saas-business ', query: 'search=o' });
    expect(status).toBe(303);
    expect(headers.get('location')).toBe('./../../connections/anrok/mappings?search=o&notice=mapped&count=3');
    expect((await page('?notice=mapped&count=3')).text).toContain('3 documents that waited for it continue.');
    expect(await host.work()).toBe(3);
  });

  it('lead from a product that Anrok has not to its creation, which maps the item', async () => {
    const { headers } = await map({ itemId: 'rare', productExternalId: 'rare-things' });
    expect(headers.get('location')).toContain('/products?externalId=rare-things&itemType=add_on&itemId=rare&notice=');
    const asked = { externalId: 'rare-things', itemType: 'add_on', itemId: 'rare' };
    const { text } = await host.page(`connections/anrok/products?${new URLSearchParams(asked).toString()}`);
    expect(text).toContain('Anrok has no product');
    expect(text).toContain('Map add_on rare to it all the same');
    const [, taxCategory = ''] = /<option value="(standard:[^"]+)"/.exec(text) ?? [];
    const created = await host.page('connections/anrok/products', { ...asked, name: 'Rare', taxCategory });
    expect(created.headers.get('location')).toContain('connections/anrok/mappings?notice=mapped&count=1');
    expect(await host.work()).toBe(1);
    const found = await host.page('connections/anrok/products?externalId=rare-things');
    expect(found.text).toContain('<dd>Rare</dd>');
  });

  it('are found by the kind that they are shown under, the fallback too', async () => {
    await map({ itemType: 'fallback', productExternalId: 'saas-business' });
    const { text } = await host.page('connections/anrok/mappings/table?itemType=fallback');
    expect(text).toContain('everything else');
  });

  it('take a product unseen where that is wanted, and say that it is unseen', async () => {
    const { headers } = await map({ itemId: 'pre', productExternalId: 'to-come', check: 'no' });
    expect(headers.get('location')).toContain('notice=mapped_unchecked&count=0');
  });

  it.each<[string, Record<string, string>]>([
    ['no product', { itemId: 'x' }],
    ['no kind of item', { itemType: '', itemId: 'x', productExternalId: 'saas-business' }],
    ['a kind that is no word', { itemType: HOSTILE, productExternalId: 'saas-business' }],
    ['a NUL', { itemId: 'a\0b', productExternalId: 'saas-business' }],
    ['an id that is too long', { itemId: 'x'.repeat(256), productExternalId: 'saas-business' }],
  ])('are refused with %s', async (_, form) => {
    const { status, text } = await map(form);
    expect(status).toBe(400);
    expect(text).not.toContain(HOSTILE);
  });

  it('can be of a whole kind and of all the rest', async () => {
    await map({ itemType: 'metric', productExternalId: 'digital-goods' });
    const { text } = await page('/table');
    expect(text).toContain('all of the kind');
    await map({ itemType: 'fallback', productExternalId: 'saas-business' });
    expect(await host.work()).toBe(1);
    expect((await page()).text).toContain('by the fallback');
  });

  it('are found by a part of what they say, and taken out', async () => {
    expect((await page('/table?search=PRE')).text).toContain('<code>to-come</code>');
    const { headers } = await host.page('connections/anrok/mappings/remove', { itemType: 'add_on', itemId: 'pre' });
    expect(headers.get('location')).toContain('notice=unmapped');
    expect((await page('/table?search=PRE')).text).toContain('No mapping fits.');
    expect((await host.page('connections/anrok/mappings/remove', { itemType: 'add_on', itemId: 'pre' })).status).toBe(
      404,
    );
  });

  it('escape what the host sells', async () => {
    await host.lago.addOns.createAddOn({
      add_on: { code: 'evil', name: HOSTILE, amount_cents: 1, amount_currency: 'USD' },
    });
    const { text } = await page();
    // within an attribute's quotes it is harmless
    expect(text.replaceAll(/"[^"]*"/g, '""')).not.toContain(HOSTILE);
    expect(text).toContain('&lt;img src=x onerror=alert(1)>');
  });

  describe('as a file', () => {
    it('go out as CSV that no spreadsheet calculates', async () => {
      await map({ itemId: '=1+1', productExternalId: 'saas-business' });
      const { headers, text } = await page('/table/export');
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(headers.get('content-disposition')).toBe('attachment; filename="mappings.csv"');
      expect(text).toMatch(/"'=1\+1"|'=1\+1/);
    });

    it('say what they would change, and then change just that', async () => {
      await host.stock('late', 1_000);
      const csv = `${HEADER}add_on,late,saas-business\nadd_on,odd,digital-goods\nadd_on,setup,saas-business\n`;
      const plan = await file(csv);
      expect(plan.status).toBe(200);
      expect(plan.text).toContain('1 new, 1 changed, 1 as they are.');
      expect(plan.text).toContain('Import 2 mappings');
      expect((await page('/table?search=late')).text).toContain('No mapping fits.');
      const form = new FormData();
      form.set('csv', csv);
      const { status, headers } = await host.page('connections/anrok/mappings/table/import', form);
      expect(status).toBe(303);
      expect(headers.get('location')).toContain('notice=imported&count=0');
      expect((await page('/table?search=late')).text).toContain('<code>saas-business</code>');
    });

    it('name every bad line, and change nothing', async () => {
      const { text } = await file(`${HEADER}add_on,x,no-such\nadd_on,${HOSTILE},\nadd_on,y,saas-business\n`, {});
      expect(text).toContain('the product id is missing');
      expect(text).not.toContain('<textarea name="csv" hidden');
      const unknown = await file(`${HEADER}add_on,x,no-such\n`);
      expect(unknown.text).toContain('Anrok has no product &#34;no-such&#34;');
      expect((await file(`${HEADER}add_on,x,no-such\n`, { check: 'no' })).text).toContain('Import 1 mapping');
    });

    it('can be entered as text, and carry nothing into the page', async () => {
      const form = new FormData();
      form.set('csv', `${HEADER}add_on,</textarea>${HOSTILE},saas-business`);
      const { text } = await host.page('connections/anrok/mappings/table/import/plan', form);
      expect(text).not.toContain(HOSTILE);
      expect(text).toContain('Import 1 mapping');
    });

    it.each<[string, number, () => FormData]>([
      ['nothing', 400, () => new FormData()],
      ['more than a form may bring', 400, () => formWith('x'.repeat(12_000_001))],
      ['more than a table may have', 413, () => formWith('x'.repeat(5_000_001))],
    ])('are refused with %s', async (_, refusal, make) => {
      const { status, text } = await host.page('connections/anrok/mappings/table/import/plan', make());
      expect(status).toBe(refusal);
      expect(text).toContain('Back to Connections');
    });

    it('are refused where the form is no form', async () => {
      const answer = await fetch(`${host.url}/anrok/connections/anrok/mappings/table/import/plan`, {
        method: 'POST',
        headers: { authorization: 'Bearer test_key', 'content-type': 'multipart/form-data; boundary=x' },
        body: 'no form',
      });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('the form can not be read');
    });
  });

  it.each(['mappings', 'mappings/remove', 'mappings/table/import', 'products'])(
    'are not changed by a page of another site: %s',
    async (path) => {
      const { status } = await host.page(`connections/anrok/${path}`, {}, { 'sec-fetch-site': 'cross-site' });
      expect(status).toBe(403);
    },
  );

  it('are not shown of a connection that there is not', async () => {
    for (const path of ['mappings', 'mappings/table', 'mappings/table/export', 'products'])
      expect((await host.page(`connections/none/${path}`)).status).toBe(404);
  });
});

function formWith(csv: string): FormData {
  const form = new FormData();
  form.set('csv', csv);
  return form;
}
