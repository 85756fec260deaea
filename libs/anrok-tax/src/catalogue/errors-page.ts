import { ResolvedRetryOptions } from '../options/resolve-options.js';
import type { WaitKind } from '../records/wait-cause.js';
import type { CatalogueEntry, SyncConsequence } from './error-catalogue.js';
import type { FixedBy } from './specimen.js';

const FIXED_BY: Readonly<Record<FixedBy, string>> = {
  nobody: 'nobody: it heals by itself',
  mappings: 'finance: item mappings',
  customers: 'whoever keeps the customer data',
  finance: 'finance',
  engineer: 'an engineer',
  anrok: 'Anrok',
};

const WAITS_FOR: Readonly<Record<WaitKind, string>> = {
  item_mapping: 'a mapping of the item',
  customer: 'a change of the customer',
  connection: 'a working API key',
  invoice: 'its invoice',
};

/** `docs/errors.md`, from the catalogue. Pure; `npm run docs` writes it. */
export function errorsPage(catalogue: readonly CatalogueEntry[]): string {
  const areas = Map.groupBy(catalogue, ({ area }) => area);
  const tables = [...areas].map(([title, entries]) => `## ${title}\n\n${tableOf(entries, catalogue)}\n`);
  return [HEAD, ...tables].join('\n');
}

const { firstDelayMs, lateCeilingMs, giveUpAfterMs } = new ResolvedRetryOptions();

const HEAD = `# Errors

Every error that can reach a person or a program, made from the code by \`npm run docs\`: don't edit it here. Words in
braces differ from time to time.

What the sync does with a document that meets one:

- **retries**: by itself, first after ${firstDelayMs / 1_000} s and at last every ${lateCeilingMs / 60_000} minutes; \
after ${giveUpAfterMs / 3_600_000} hours it gives up, as if it had failed.
- **waits**: the document is due again by itself when the change is made that it waits for.
- **fails**: until somebody mends it and asks for another try.
- –: no document's sync ends in it.
`;

function tableOf(entries: readonly CatalogueEntry[], catalogue: readonly CatalogueEntry[]): string {
  const rows = entries.map((entry) => {
    const isFirst = catalogue.find(({ code }) => code === entry.code) === entry;
    const code = `${isFirst ? `<a id="${entry.code.replaceAll(/[{}]/g, '')}"></a>` : ''}\`${entry.code}\``;
    const { cause, message, remedy, fixedBy, sync } = entry;
    return [code, cell(cause), cell(message), cell(remedy), FIXED_BY[fixedBy], sync ? consequence(sync) : '–'];
  });
  const head = ['code', 'cause', 'sentence', 'remedy', 'who mends it', 'the sync'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function consequence(sync: SyncConsequence): string {
  if (sync.next === 'waiting') return `waits for ${WAITS_FOR[sync.for]}`;
  return sync.next === 'retrying' ? 'retries' : 'fails';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', '<br>');
}
