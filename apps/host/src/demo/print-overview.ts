import type { INestApplicationContext } from '@nestjs/common';
import Table from 'cli-table3';
import { InvoiceOverview } from '../tax/invoice-overview.js';

/** Prints the latest invoices and what came of their tax. */
export async function printOverview(host: INestApplicationContext): Promise<void> {
  const rows = await host.get(InvoiceOverview, { strict: false }).latest();
  const table = new Table({
    head: ['Customer', 'Invoice', 'Subtotal', 'Tax', 'Status', 'Anrok transaction'],
    colAligns: ['left', 'left', 'right', 'right', 'left', 'left'],
    style: { head: process.stdout.isTTY ? ['bold'] : [], border: [] },
    // lines between the rows are noise
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const row of rows)
    table.push([
      row.customer,
      row.number,
      `${row.subtotal} ${row.currency}`,
      row.tax && `${row.tax} ${row.currency}`,
      row.status,
      row.transactions.map(({ id }) => id).join('\n') || '-',
    ]);
  console.log(table.toString());
  for (const { number, note, remedy } of rows) if (remedy) console.log(`${number}: ${note} ${remedy}`);
}
