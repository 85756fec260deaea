import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, expectUsable, LOOKS, openPage, startBrowser } from '../support/browser.js';
import { later } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describeInBrowser('the dashboard in a browser', () => {
  let host: HostUnderTest;
  let browser: Browser;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('denver', DENVER);
    await host.customer('nomad');
    const invoice = await host.invoice('denver', {});
    await host.creditNote(invoice);
    await host.customer('unanswered', DENVER);
    host.simulator.faults.next('transactions.createOrUpdate', { kind: 'loseAnswer', by: 'reset' });
    await host.invoice('unanswered', {});
    await later(host);
    await host.invoice('nomad', {});
    await host.work();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const PAGES = ['overview', 'documents', 'resyncs', 'resyncs/plan?statuses=waiting'];
  it.each(LOOKS.flatMap((look) => PAGES.map((path) => ({ ...look, path }))))(
    'is usable by everybody: $path, $colorScheme, $width wide',
    async ({ path, ...look }) => {
      const { page, errors } = await openPage(browser, host, look);
      await page.goto(`${host.url}/anrok/${path}`);
      await expectUsable(page);
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );

  it.each(LOOKS.flatMap((look) => ['nomad', 'denver', 'unanswered'].map((customer) => ({ ...look, customer }))))(
    'is usable by everybody: a document of $customer, $colorScheme, $width wide',
    async ({ customer, ...look }) => {
      const { page } = await openPage(browser, host, look);
      await page.goto(`${host.url}/anrok/documents?customerId=${customer}`);
      await page.locator('tbody th a').last().click();
      for (const exchange of await page.locator('.timeline summary').all()) await exchange.click();
      await expectUsable(page);
      await page.goto(`${host.url}/anrok/documents/00000000-0000-7000-8000-000000000000`);
      await expectUsable(page);
      await page.context().close();
    },
  );

  it('has a document tried again by a click, told once, and shows what came of it without a reload', async () => {
    const { page, errors } = await openPage(browser, host, LOOKS[0]!);
    await page.getByRole('link', { name: 'Show the document' }).click();
    await page.getByRole('button', { name: 'Try again now' }).first().click();
    await page.getByRole('status').waitFor();
    expect(page.url()).not.toContain('notice');
    expect(await page.locator('dl .badge').innerText()).toBe('pending');
    await page.locator('h1').click();
    await host.work();
    await page.locator('dl .badge', { hasText: 'waiting' }).waitFor();
    expect(await page.locator('.timeline > li').count()).toBe(2);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('runs a resync from the dry run to its end', async () => {
    const { page, errors } = await openPage(browser, host, LOOKS[0]!);
    await page.getByRole('link', { name: 'Resync' }).click();
    await page.getByLabel('synced', { exact: true }).check();
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByRole('button', { name: 'Start the resync' }).click();
    expect(await page.locator('#progress-label').innerText()).toContain('0 of 4 done');
    await expectUsable(page);
    await host.resync();
    await page.locator('dl .badge', { hasText: 'completed' }).waitFor();
    expect(await page.locator('#progress-label').innerText()).toBe(
      '4 of 4 done, 3 synced, 1 of them unchanged, 1 still failing',
    );
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is used by keys alone', async () => {
    const { page } = await openPage(browser, host, LOOKS[0]!);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to the content');
    await page.goto(`${host.url}/anrok/documents`);
    await page.keyboard.press('/');
    await page.keyboard.type('no such document');
    await page.keyboard.press('Enter');
    await page.getByText('No document fits.').waitFor();
    await page.context().close();
  });
});
