import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { toMappingView } from '../../admin/mapping.dto.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { type ItemCoverage, ItemCoverageService } from '../../settings/item-coverage.service.js';
import { InvalidMappingFileError } from '../../settings/item-mapping.error.js';
import { ItemMappingService } from '../../settings/item-mapping.service.js';
import {
  type MappingImport,
  type MappingImportOptions,
  MappingCsvService,
} from '../../settings/mapping-csv.service.js';
import { readInput } from '../read-input.js';
import { FAILED, FINE, type Runner } from '../session.js';
import { table } from '../terminal.js';

interface Uncovered extends ItemCoverage {
  readonly connection: string;
}

const PAGE = 200;

export function mappingsCommand(program: Command, run: Runner): void {
  const mappings = program.command('mappings').description('which product at Anrok each item is');
  mappings
    .command('check')
    .description('the items that have no product at Anrok, or one that it does not know')
    .argument('[connection]', 'code of the connection; all when it is left out')
    .action(
      run(({ terminal, withHost }, connection: string | undefined) =>
        withHost(async (host) => {
          const all = await host.get(ConnectionService, { strict: false }).list();
          const codes = connection === undefined ? all.map(({ code }) => code) : [connection];
          const items = (await Promise.all(codes.map((code) => uncoveredOf(host, code)))).flat();
          terminal.answer({ items }, () => textOf(items));
          return items.length === 0 ? FINE : FAILED;
        }),
      ),
    );
  mappings
    .command('export')
    .description('all mappings as CSV, for a spreadsheet')
    .argument('<connection>', 'its code')
    .action(
      run(({ terminal, withHost }, connection: string) =>
        withHost(async (host) => {
          if (terminal.json) {
            const rows = await host.get(ItemMappingService, { strict: false }).list(connection);
            terminal.answer({ mappings: rows.map(toMappingView) }, () => '');
          } else terminal.file(await host.get(MappingCsvService, { strict: false }).export(connection));
        }),
      ),
    );
  mappings
    .command('import')
    .description('maps what a CSV file says, all of it or nothing; documents that waited for it continue')
    .argument('<connection>', 'its code')
    .argument('<file>', 'as mappings export writes it; - for the standard input')
    .option('--dry-run', 'says what it would do, and does nothing')
    .option('--no-check-products', 'does not ask Anrok for the products')
    .action(
      run(async ({ terminal, withHost }, connection: string, file: string, options: MappingImportOptions) => {
        const csv = await readInput(file);
        await withHost(async (host) => {
          const service = host.get(MappingCsvService, { strict: false });
          const imported = await service.import(connection, csv, options).catch((error: unknown) => {
            if (error instanceof InvalidMappingFileError)
              for (const { line, reason } of error.flaws.slice(0, InvalidMappingFileError.MOST_LISTED))
                terminal.note(`line ${line}: ${reason}`);
            throw error;
          });
          terminal.answer(imported, importText);
        });
      }),
    );
}

function importText({ dryRun, created, changed, unchanged, uncheckedProducts, problem }: MappingImport): string {
  const counts = `${created} created, ${changed} changed, ${unchanged} as they were`;
  return [
    dryRun ? `It would be: ${counts}. Nothing is changed.` : `${counts}.`,
    ...(uncheckedProducts.length > 0
      ? [`Not known whether Anrok has ${uncheckedProducts.join(', ')}: ${problem?.message ?? 'it did not answer.'}`]
      : []),
  ].join('\n');
}

/** What documents wait for first, then what else the host sells. @throws ConnectionNotFoundError */
async function uncoveredOf(host: INestApplicationContext, connection: string): Promise<Uncovered[]> {
  const coverage = host.get(ItemCoverageService, { strict: false });
  const found = new Map<string, Uncovered>();
  const add = (items: readonly ItemCoverage[]) => {
    for (const each of items) {
      const key = JSON.stringify([each.item.type, each.item.id]);
      found.set(key, { connection, ...found.get(key), ...each });
    }
  };
  add(await coverage.blocked(connection, PAGE));
  let after: string | undefined;
  do {
    const page = await coverage.page(connection, {
      uncovered: true,
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    add(page.items);
    after = page.next;
  } while (after !== undefined);
  return [...found.values()];
}

function textOf(items: readonly Uncovered[]): string {
  if (items.length === 0) return 'Every item has a product at Anrok.';
  const rows = items.map(({ connection, item, name, product, waitingDocuments }) => [
    connection,
    item.type,
    item.id,
    name ?? '',
    product ? `${product.productExternalId}, which Anrok does not know` : 'none',
    String(waitingDocuments),
  ]);
  const columns = ['Connection', 'Type', 'Item', 'Name', 'Product'].map((head) => ({ head }));
  return table([...columns, { head: 'Documents that wait', align: 'right' }], rows);
}
