// Measures the module against its peers: npm run bench -- [row …] [--database postgres|sqlite] [--quick]
// A row is chosen by the beginning of its name. What it finds is in coverage/bench.json and coverage/bench.md too.
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { type DatabaseKind, Databases } from './databases.ts';
import { describeMachine } from './machine.ts';
import { measureRow } from './measure-row.ts';
import { type Report, type Result, toJson, toMarkdown } from './report.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { database: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const load = os.loadavg()[0]!;
const databases = new Databases();
const tell = (text: string) => void process.stderr.write(`${text}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void databases.stop().finally(() => process.exit(130)));

try {
  const kinds = kindsFor(values.database);
  const chosen = rowsFor(positionals);
  const results: Result[] = [];
  for (const row of chosen)
    for (const kind of kinds.filter((one) => row.databases?.includes(one) ?? true)) results.push(await run(row, kind));
  conclude({ machine: describeMachine(load, databases.postgresVersion), isQuick: values.quick, results });
} finally {
  await databases.stop();
}

async function run(row: Row, kind: DatabaseKind): Promise<Result> {
  const say = (progress: string) => tell(`${row.name}, ${kind}: ${progress}`);
  say(`${row.measures}, against ${row.against}`);
  try {
    const stage = { database: await databases.empty(kind), isQuick: values.quick, say };
    return { row, database: kind, outcome: await measureRow(row, stage) };
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    say(failure.stack ?? failure.message);
    // the figures of the others are worth having
    process.exitCode = 1;
    return { row, database: kind, outcome: failure };
  }
}

function conclude(report: Report): void {
  mkdirSync('coverage', { recursive: true });
  writeFileSync('coverage/bench.json', toJson(report));
  writeFileSync('coverage/bench.md', toMarkdown(report));
  process.stdout.write(toMarkdown(report));
}

/** @throws Error for a database that there is none of */
function kindsFor(name: string | undefined): DatabaseKind[] {
  if (name === undefined) return ['postgres', 'sqlite'];
  if (name === 'postgres' || name === 'sqlite') return [name];
  throw new Error(`--database is postgres or sqlite, not "${name}".`);
}

/** @throws Error for a beginning that no row has */
function rowsFor(beginnings: readonly string[]): Row[] {
  for (const beginning of beginnings)
    if (!rows.some(({ name }) => name.startsWith(beginning)))
      throw new Error(`No row begins with "${beginning}"; there are ${rows.map(({ name }) => name).join('; ')}.`);
  return rows.filter(({ name }) => beginnings.length === 0 || beginnings.some((one) => name.startsWith(one)));
}
