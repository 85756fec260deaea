import { existsSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { HOST_API_KEY, type HostUnderTest } from './host-under-test.js';

const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));

/** Tests that need a browser; without one on this machine they are skipped, and say so. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (!executablePath) console.warn(`Skipped without Chromium, whose path CHROMIUM can name: ${name}`);
  const run = executablePath ? describe : describe.skip;
  run(name, tests);
}

/** As root, Chromium runs without its own walls only. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
}

export interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

export const LOOKS: readonly Look[] = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
];

/** A page of the dashboard, signed in, that fails the test on every error of its console. */
export async function openPage(
  browser: Browser,
  host: HostUnderTest,
  { colorScheme, width }: Look,
): Promise<{ readonly page: Page; readonly errors: string[] }> {
  const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce', viewport: { width, height: 900 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${host.url}/sign-in`);
  await page.getByLabel('Key').fill(HOST_API_KEY);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${host.url}/anrok`);
  return { page, errors };
}

const PICTURES = path.join(import.meta.dirname, '../../coverage/pages');

/** Whoever can't see or has a phone can use it too. Keeps a picture of the page in coverage/pages. */
export async function expectUsable(page: Page): Promise<void> {
  const place = new URL(page.url()).pathname.replaceAll(/[^\w-]+/g, '.').replace(/^\./, '');
  await page.screenshot({ path: path.join(PICTURES, `${place}.${page.viewportSize()!.width}.png`), fullPage: true });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
  expect(found).toEqual([]);
  const overhang = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  expect(overhang).toBeLessThanOrEqual(0);
}
