import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, expectUsable, type Look, LOOKS, openPage, startBrowser } from '../support/browser.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describeInBrowser('the dashboard’s settings in a browser', () => {
  let host: HostUnderTest;
  let browser: Browser;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('denver', DENVER);
    await host.customer('nomad');
    await host.customer('berlin', { country: 'DE', city: 'Berlin', tax_identification_number: 'DE123456788' });
    await host.stock('odd', 1_000);
    for (let count = 0; count < 3; count += 1)
      await host.invoice('denver', { add_on_code: 'odd', unit_amount_cents: 1_000 });
    await host.map({ itemType: 'metric', productExternalId: 'digital-goods' });
    await host.page('connections', { name: 'Anrok EU', code: 'eu', apiKey: 'other/key1/refused' });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const PAGES = [
    'connections',
    'connections/anrok',
    'connections/eu',
    'connections/anrok/features',
    'connections/anrok/mappings',
    'connections/anrok/mappings/table',
    'connections/anrok/products?externalId=none&itemType=add_on&itemId=odd',
    'customers',
    'customers/denver',
    'customers/nomad',
    'customers/berlin/tax-ids',
    'customers/berlin/certificates',
    'settings',
  ];
  const opened = new Map<number, ReturnType<typeof openPage>>();
  /** One for each look: signing in is slow. */
  const pageFor = (look: Look) => {
    const page = opened.get(look.width) ?? openPage(browser, host, look);
    opened.set(look.width, page);
    return page;
  };
  it.each(LOOKS.flatMap((look) => PAGES.map((path) => ({ ...look, path }))))(
    'are usable by everybody: $path, $colorScheme, $width wide',
    async ({ path, ...look }) => {
      const { page, errors } = await pageFor(look);
      await page.goto(`${host.url}/anrok/${path}`);
      for (const more of await page.locator('summary').all()) await more.click();
      await expectUsable(page);
      expect(errors.splice(0)).toEqual([]);
    },
  );

  it('connect an account, and delete it by its name', async () => {
    const { page, errors } = await openPage(browser, host, LOOKS[0]!);
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByLabel('Name').fill('Spare');
    await page.getByLabel('Code').fill('spare');
    await page.getByLabel('API key').fill(host.simulator.apiKey);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Anrok takes the key').waitFor();
    expect(await page.content()).not.toContain(host.simulator.apiKey);
    await page.getByText('Delete the connection …').click();
    await page.getByRole('button', { name: 'Delete the connection' }).click();
    await page.getByText('The connection is deleted.').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('bring a file of mappings from the dry run to its end', async () => {
    const { page, errors } = await openPage(browser, host, LOOKS[0]!);
    await page.goto(`${host.url}/anrok/connections/anrok/mappings/table`);
    const file = 'item_type,item_id,product_external_id\nadd_on,extra,digital-goods\nadd_on,bad,no-such\n';
    const choose = (content: string) =>
      page.getByLabel('CSV file').setInputFiles({ name: 'm.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await choose(file);
    await page.getByRole('button', { name: 'Show what it would change' }).click();
    await page.getByText('Anrok has no product "no-such"').last().waitFor();
    await expectUsable(page);
    await choose(file.replace('no-such', 'saas-business'));
    await page.getByRole('button', { name: 'Show what it would change' }).click();
    await page.getByText('2 new, 0 changed').waitFor();
    await expectUsable(page);
    await page.getByRole('button', { name: 'Import 2 mappings' }).click();
    await page.getByText('The file is imported.').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('lead from a waiting document to its mapping, with which it continues', async () => {
    const { page, errors } = await openPage(browser, host, LOOKS[0]!);
    await page.getByRole('link', { name: 'Map the item' }).click();
    await page.getByLabel('Product at Anrok for add_on odd, for which documents wait').fill('saas-business');
    await page.keyboard.press('Enter');
    await page.getByText('3 documents that waited for it continue.').waitFor();
    expect(await host.work()).toBe(3);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('link a customer', async () => {
    const { page, errors } = await openPage(browser, host, LOOKS[0]!);
    await page.goto(`${host.url}/anrok/customers/nomad`);
    await page.getByLabel('Customer at Anrok').fill('nomad-at-anrok');
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByText('The customer is linked.').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
