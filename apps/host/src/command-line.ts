import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { type BillingReport, BillingRunService } from './billing/index.js';
import { loadEnvironment } from './config/environment.js';
import { exitWith } from './exit-with.js';
import { createHost } from './host.js';

const USAGE = `npm run host -- bill [--date YYYY-MM-DD]

bill   issues what is due, up to today or up to the day that is given; run again, it bills nothing twice`;

/** Does one thing with the host's data and ends. What it leaves to be taxed is taken up by the host that is running. */
async function main(args: string[]): Promise<void> {
  const command = parse(args);
  if (command === 'help') return console.log(USAGE);
  if ('refusal' in command) {
    console.error(`${command.refusal}\n\n${USAGE}`);
    process.exitCode = 1;
    return;
  }
  const host = await createHost({ ...loadEnvironment(), worker: false });
  try {
    await host.init();
    const report = await host.get(BillingRunService, { strict: false }).run(command.date);
    print(report);
    if (report.failed.length > 0) process.exitCode = 1;
  } finally {
    await host.close();
  }
}

function parse(args: string[]): { readonly date?: string } | { readonly refusal: string } | 'help' {
  try {
    const options = { date: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) return 'help';
    if (positionals.join() !== 'bill') return { refusal: `There is no command "${positionals.join(' ')}"; say: bill` };
    return values.date === undefined ? {} : { date: toDay(values.date) };
  } catch (error) {
    return { refusal: (error as Error).message };
  }
}

function toDay(text: string): string {
  try {
    if (Temporal.PlainDate.from(text).toString() === text) return text;
  } catch {
    // said below
  }
  throw new Error(`"${text}" is not a day; give one like 2026-12-31.`);
}

function print({ issued, drafted, finalized, failed }: BillingReport): void {
  const rows = { Issued: issued, 'Made as drafts': drafted, 'Issued drafts': finalized, 'Broke off': failed };
  for (const [what, names] of Object.entries(rows)) if (names.length > 0) console.log(`${what}: ${names.join(', ')}`);
  if (Object.values(rows).every((names) => names.length === 0)) console.log('Nothing was due.');
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  exitWith(error);
}
