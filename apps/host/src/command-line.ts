import 'reflect-metadata';
import { anrokTaxCommandLine, runCommandLine } from '@anrok-nest/module/cli';
import { Temporal } from 'temporal-polyfill';
import { type BillingReport, BillingRunService } from './billing/index.js';
import { commandLineModule } from './command-line.module.js';
import { loadEnvironment } from './config/environment.js';
import { createHost } from './host.js';

const program = anrokTaxCommandLine({ name: 'npm run host --', host: commandLineModule });
program
  .command('bill')
  .description('issues what is due, up to today or up to the day that is given; run again, it bills nothing twice')
  .option('--date <YYYY-MM-DD>', 'the last day')
  .action(async ({ date }: { date?: string }) => bill(date === undefined ? undefined : toDay(date)));
program
  .command('work')
  .description('works off what is due and serves nothing, until Ctrl+C; beside hosts that run with WORKER=off')
  .action(work);
await runCommandLine(program, process.argv.slice(2));

/** What it leaves to be taxed is taken up by the host that is running. */
async function bill(date: string | undefined): Promise<void> {
  const host = await createHost({ ...loadEnvironment(), worker: false });
  try {
    await host.init();
    const report = await host.get(BillingRunService, { strict: false }).run(date);
    print(report);
    if (report.failed.length > 0) process.exitCode = 1;
  } finally {
    await host.close();
  }
}

/** Until a signal, on which Nest ends the process when what is under way is done. */
async function work(): Promise<never> {
  const host = await createHost({ ...loadEnvironment(), worker: true });
  await host.init();
  console.log('Working; Ctrl+C ends it.');
  return new Promise(() => {});
}

function toDay(text: string): string {
  try {
    if (Temporal.PlainDate.from(text).toString() === text) return text;
  } catch {
    // said below
  }
  return program.error(`error: "${text}" is not a day; give one like 2026-12-31.`);
}

function print({ issued, drafted, finalized, failed }: BillingReport): void {
  const rows = { Issued: issued, 'Made as drafts': drafted, 'Issued drafts': finalized, 'Broke off': failed };
  for (const [what, names] of Object.entries(rows)) if (names.length > 0) console.log(`${what}: ${names.join(', ')}`);
  if (Object.values(rows).every((names) => names.length === 0)) console.log('Nothing was due.');
}
