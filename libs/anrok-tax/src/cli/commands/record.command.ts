import { toDecimalString } from '@anrok-nest/tax';
import type { INestApplicationContext } from '@nestjs/common';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { toDetailsView, toRecordView } from '../../admin/record.view.js';
import { RecordDetailsReadModel } from '../../records/record-details.read-model.js';
import { SyncRecordNotFoundError } from '../../records/record.error.js';
import { TaxSyncReadModel } from '../../records/tax-sync.read-model.js';
import { SYNC_STATUSES, type SyncStatus } from '../../records/tax-sync-record.entity.js';
import { TaxSyncService } from '../../requests/tax-sync.service.js';
import type { Runner } from '../session.js';
import { list, styled, table } from '../terminal.js';

type RecordView = ReturnType<typeof toRecordView>;
type DetailsView = ReturnType<typeof toDetailsView>;

export function recordCommand(program: Command, run: Runner): void {
  const record = program.command('record').description('where documents stand with Anrok');
  record
    .command('list')
    .description('the latest first')
    .addOption(new Option('--status <status>', 'only these').choices(SYNC_STATUSES))
    .option('--limit <count>', 'how many, from 1 to 500', toLimit, 50)
    .action(
      run(({ terminal, withHost }, { status, limit }: { status?: SyncStatus; limit: number }) =>
        withHost(async (host) => {
          const filter = { ...(status && { statuses: [status] }), limit };
          const { records } = await host.get(TaxSyncReadModel, { strict: false }).list(filter);
          terminal.answer({ records: records.map(toRecordView) }, ({ records: views }) => tableOf(views));
        }),
      ),
    );
  record
    .command('show')
    .argument('<id>', 'of the document or of its record')
    .description('its standing, what was tried, what keeps it and what to do about it')
    .action(
      run(({ terminal, withHost }, id: string) =>
        withHost(async (host) => {
          const ids = await idsOf(host, id);
          const records = await Promise.all(ids.map((each) => detailsOf(host, each)));
          terminal.answer({ records }, () => records.map(textOf).join('\n\n'));
        }),
      ),
    );
  record
    .command('retry')
    .argument('<id>', 'of the document or of its record')
    .description('makes it due again, whatever it waits for')
    .action(
      run(({ terminal, withHost }, id: string) =>
        withHost(async (host) => {
          const ids = await idsOf(host, id);
          for (const each of ids) await host.get(TaxSyncService, { strict: false }).retry(each);
          const records = await Promise.all(ids.map((each) => detailsOf(host, each)));
          terminal.answer({ records }, () =>
            records
              .map(({ document }) => `${document.kind} ${document.id} is due again; a process that works takes it up.`)
              .join('\n'),
          );
        }),
      ),
    );
}

function toLimit(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 500) throw new InvalidArgumentError('Give a whole number from 1 to 500.');
  return limit;
}

/** @throws SyncRecordNotFoundError */
async function idsOf(host: INestApplicationContext, id: string): Promise<string[]> {
  const found = await host.get(TaxSyncReadModel, { strict: false }).find(id);
  if (found.length === 0) throw new SyncRecordNotFoundError(id);
  return found.map((record) => record.id);
}

async function detailsOf(host: INestApplicationContext, id: string): Promise<DetailsView> {
  return toDetailsView(await host.get(RecordDetailsReadModel, { strict: false }).of(id));
}

function tableOf(records: readonly RecordView[]): string {
  if (records.length === 0) return 'There is no such record.';
  return table(
    [{ head: 'Document' }, { head: 'Status' }, { head: 'Tax', align: 'right' }, { head: 'Requested' }, { head: 'Why' }],
    records.map((view) => [
      `${view.document.kind} ${view.document.id}`,
      view.status,
      taxOf(view),
      view.requestedAt.toISOString(),
      view.problem?.code ?? '',
    ]),
  );
}

function taxOf({ taxAmount, currency }: Pick<RecordView, 'taxAmount' | 'currency'>): string {
  return taxAmount === null || currency === null ? '' : `${toDecimalString(taxAmount, currency)} ${currency}`;
}

function textOf(view: DetailsView): string {
  const { document, problem, transactions, attempts } = view;
  const standing = list([
    ['Document', `${document.kind} ${document.id} of customer ${document.customerId}`],
    ['Record', view.id],
    ['Connection', view.connection],
    ['Status', view.status],
    ...row('Due', view.dueAt?.toISOString()),
    ...row('Tax', taxOf(view)),
    ['Requested', view.requestedAt.toISOString()],
    ...row('Synced', view.syncedAt?.toISOString()),
    ...row('Problem', problem && `${problem.message} (${problem.code})`),
    ...row('Remedy', problem?.remedy),
  ]);
  const held = transactions.map(({ transactionId, version, state, page }) =>
    [`  ${transactionId}`, `version ${version}`, state, page ?? ''].join('  ').trimEnd(),
  );
  const tries = table(
    [{ head: 'Tried' }, { head: 'Took', align: 'right' }, { head: 'Outcome' }, { head: 'What Anrok was asked' }],
    attempts.map(({ startedAt, durationMs, outcome, problemCode, exchanges }) => [
      startedAt.toISOString(),
      `${durationMs} ms`,
      problemCode ? `${outcome}: ${problemCode}` : outcome,
      exchanges.map(({ operation, status, errorCode }) => `${operation} → ${errorCode ?? status}`).join(', '),
    ]),
  );
  return [
    standing,
    ...(held.length > 0 ? [`${styled('bold', 'At Anrok')}\n${held.join('\n')}`] : []),
    ...(attempts.length > 0 ? [tries] : []),
  ].join('\n\n');
}

function row(name: string, value: string | null | undefined): (readonly [string, string])[] {
  return value ? [[name, value]] : [];
}
