// Starts the sample host on data of its own, looks at the dashboard's pages in Chromium and keeps pictures of them in
// docs/screenshots. CHROMIUM names the browser where it is not at /usr/bin/chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const root = path.join(import.meta.dirname, '..');
const folder = path.join(root, 'docs/screenshots');
const data = mkdtempSync(path.join(os.tmpdir(), 'screenshots-'));
const url = 'http://localhost:4790';
const host = spawn(process.execPath, [path.join(root, 'apps/host/dist/main.js')], {
  cwd: data,
  env: { ...process.env, PORT: '4790', SQLITE_FILE: 'data/host.sqlite' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser;
try {
  for await (const line of createInterface(host.stdout)) if (line.startsWith('The dashboard is at')) break;
  mkdirSync(folder, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const wide = await signIn({ viewport: { width: 1180, height: 820 } });
  await picture(wide, 'overview', 'overview');
  await picture(wide, 'documents', 'documents');
  await wide.locator('tbody th a').first().click();
  await keep(wide, 'document');
  await picture(wide, 'documents?status=waiting', undefined);
  await wide.locator('tbody th a').first().click();
  await wide
    .locator('.timeline summary')
    .last()
    .click({ timeout: 1_000 })
    .catch(() => {});
  await keep(wide, 'document-waiting');
  await picture(wide, 'resyncs/plan?statuses=failed&statuses=waiting&statuses=synced', 'resync-plan');
  await wide.getByRole('button', { name: 'Start the resync' }).click();
  await wide.getByText('completed').waitFor();
  await keep(wide, 'resync');
  await picture(wide, 'connections/anrok/mappings', 'mappings');
  await picture(wide, 'customers', undefined);
  await wide.locator('tbody th a').first().click();
  await keep(wide, 'customer');
  await picture(wide, 'settings', 'settings');
  const phone = await signIn({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await picture(phone, 'overview', 'overview-phone');
} finally {
  await browser?.close();
  host.kill();
  if (host.exitCode === null) await once(host, 'exit');
  rmSync(data, { recursive: true, force: true });
}

async function signIn(look) {
  // or a picture is of two pages, one fading into the other
  const page = await (await browser.newContext({ ...look, reducedMotion: 'reduce' })).newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Key').fill(process.env.HOST_API_KEY ?? 'host_api_key');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/anrok`);
  return page;
}

async function picture(page, where, name) {
  await page.goto(`${url}/anrok/${where}`);
  if (name) await keep(page, name);
}

async function keep(page, name) {
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
