import type { DatabaseKind } from './databases.ts';
import type { Machine } from './machine.ts';
import type { Measurement, Outcome, Row } from './row.ts';
import { median } from './statistics.ts';

export interface Result {
  readonly row: Row;
  readonly database: DatabaseKind;
  /** What came of it, or why nothing did. */
  readonly outcome: Outcome | Error;
}

export interface Report {
  readonly machine: Machine;
  readonly isQuick: boolean;
  readonly results: readonly Result[];
}

const HEAD = ['row', 'database', 'ours', 'peer', 'ratio', 'goal', 'met?', 'also'];

/** For people, and for a page of the documentation. */
export function toMarkdown({ machine, isQuick, results }: Report): string {
  const { cpu, cores, memoryGb, node, postgres, date, commit, load } = machine;
  const database = postgres?.split(' ', 2).join(' ') ?? 'no PostgreSQL';
  const where = `${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}, ${database}; ${date.slice(0, 10)}, ${commit}`;
  const rough = isQuick ? '; measured quickly, so roughly' : '';
  return `${table([HEAD, ...results.map(toCells)])}\n\n${where}; load before ${load}${rough}.\n`;
}

/** For programs. */
export function toJson({ machine, isQuick, results }: Report): string {
  const rows = results.map(({ row, database, outcome }) => {
    const { name, unit, measures, against, goal } = row;
    const about = { name, database, unit, measures, against, goal: goal.text };
    return outcome instanceof Error
      ? { ...about, failure: outcome.message }
      : { ...about, ...outcome, met: goal.isMet(outcome) };
  });
  return `${JSON.stringify({ machine, isQuick, rows }, null, 2)}\n`;
}

function toCells({ row, database, outcome }: Result): string[] {
  if (outcome instanceof Error)
    return [row.name, database, '', '', '', row.goal.text, 'failed', outcome.message.split('\n', 1).join()];
  const { ours, peer, ratio, rounds } = outcome;
  return [
    row.name,
    database,
    `${rounded(ours)} ${row.unit}`,
    `${rounded(peer)} ${row.unit}`,
    `${rounded(ratio)} ×`,
    row.goal.text,
    row.goal.isMet(outcome) ? 'yes' : 'no',
    [
      ...also(
        'ours',
        rounds.map(({ ours }) => ours),
      ),
      ...also(
        'peer',
        rounds.map(({ peer }) => peer),
      ),
    ].join(', '),
  ];
}

function also(who: string, rounds: readonly Measurement[]): string[] {
  return Object.keys(rounds[0]?.also ?? {}).map(
    (name) => `${who} ${name} ${rounded(median(rounds.map(({ also }) => also?.[name] ?? Number.NaN)))}`,
  );
}

/** Three digits that count; whole numbers whole. */
function rounded(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const [head, ...body] = rows.map(line);
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}
