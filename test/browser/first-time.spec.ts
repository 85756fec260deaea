import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, expectUsable, LOOKS, openPage, startBrowser } from '../support/browser.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describeInBrowser('somebody who opens the dashboard for the first time', () => {
  let host: HostUnderTest;
  let browser: Browser;
  beforeAll(async () => {
    host = await HostUnderTest.fresh();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('connects an account, links a customer, maps an item and sees a failed invoice heal, led by the pages alone', async () => {
    const { page, errors } = await openPage(browser, host, LOOKS[0]!);
    await expectUsable(page);
    await page.getByRole('link', { name: 'Connect one' }).click();
    await page.getByLabel('Name').fill('Anrok');
    await page.getByLabel('Code').fill('anrok');
    await page.getByLabel('API key').fill(host.simulator.apiKey);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Anrok takes the key').waitFor();
    await expectUsable(page);

    // meanwhile, the billing system has its first customer, who is not linked yet
    await host.customer('acme', { ...DENVER, integration_customers: [] });
    await host.stock('seats', 10_000);
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('link', { name: 'acme' }).click();
    await page.getByRole('button', { name: 'Link' }).click();
    await page.getByText('The customer is linked.').waitFor();
    await expectUsable(page);

    const failed = await host.invoice('acme', { add_on_code: 'seats' });
    expect(failed.status).toBe('failed');
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('No Anrok product is mapped to add_on "seats"').waitFor();
    await page.getByRole('link', { name: 'Map the item' }).click();
    await page.getByLabel('Product at Anrok for add_on seats, for which documents wait').fill('saas-business');
    await page.keyboard.press('Enter');
    await page.getByText('1 document that waited for it continues.').waitFor();
    expect(await host.work()).toBe(1);

    await page.getByRole('link', { name: 'Documents' }).click();
    await page.getByText('synced').first().waitFor();
    const { data } = await host.lago.invoices.findInvoice(failed.lago_id);
    expect(data.invoice.status).toBe('finalized');
    await page.getByRole('link', { name: data.invoice.number }).click();
    await page.getByText('Colorado').first().waitFor();
    await expectUsable(page);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
