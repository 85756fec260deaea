import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { ConnectionService } from '../../settings/connection.service.js';
import { type ItemCoverage, ItemCoverageService } from '../../settings/item-coverage.service.js';
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
    .option('--connection <code>', 'only of this connection')
    .action(
      run(({ terminal, withHost }, { connection }: { connection?: string }) =>
        withHost(async (host) => {
          const all = await host.get(ConnectionService, { strict: false }).list();
          const codes = connection === undefined ? all.map(({ code }) => code) : [connection];
          const items = (await Promise.all(codes.map((code) => uncoveredOf(host, code)))).flat();
          terminal.answer({ items }, () => textOf(items));
          return items.length === 0 ? FINE : FAILED;
        }),
      ),
    );
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
