import { userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { type Command, InvalidArgumentError } from 'commander';
import { toRunView } from '../../admin/resync.dto.js';
import type { ResyncPlan } from '../../resync/plan-tally.js';
import { RESYNC_STATUSES, type ResyncFilter, type ResyncStatus } from '../../resync/resync-filter.js';
import type { ResyncRun } from '../../resync/resync-run.entity.js';
import { ResyncService } from '../../resync/resync.service.js';
import { progressLine } from '../progress-line.js';
import { FAILED, FINE, type Runner } from '../session.js';
import { list, type Terminal } from '../terminal.js';

interface ResyncFlags {
  readonly connection?: string;
  readonly status?: ResyncStatus[];
  readonly from?: string;
  readonly to?: string;
  readonly dryRun?: true;
  readonly watch: boolean;
  readonly work?: true;
}

const LOOK_EVERY_MS = 500;
const NOBODY_AFTER_MS = 10_000;
const BAR_WIDTH = 30;

export function resyncCommand(program: Command, run: Runner): void {
  program
    .command('resync')
    .description('brings documents to Anrok that are not there, or not as they are')
    .option('--dry-run', 'says what it would do, and does nothing')
    .option('--connection <code>', 'only documents of this connection')
    .option('--status <statuses>', `only these, separated by commas: ${RESYNC_STATUSES.join(', ')}`, toStatuses)
    .option('--from <day>', 'the first accounting date, YYYY-MM-DD')
    .option('--to <day>', 'the last accounting date, YYYY-MM-DD')
    .option('--watch', 'shows how far it is until it is finished (default)', true)
    .option('--no-watch', 'starts it and leaves it to the processes that work')
    .option('--work', 'works in this process too, also without any other')
    .action(
      run(({ terminal, withHost }, flags: ResyncFlags) =>
        withHost(async (host) => {
          const resync = host.get(ResyncService, { strict: false });
          const filter = toFilter(flags);
          const plan = await resync.plan(filter, counting(terminal));
          if (terminal.live) terminal.rewrite('');
          if (flags.dryRun || plan.documents === 0) return terminal.answer(plan, planText);
          const started = await resync.start(filter, { requestedBy: whoAsks(), total: plan.documents });
          terminal.note(`${planText(plan)}\n\nThe resync ${started.id} goes on also when this is interrupted.`);
          const ended = flags.watch || flags.work ? await untilDone(host, terminal, started.id, flags) : started;
          terminal.answer(toRunView(ended), () => endText(ended));
          return isWell(ended) ? FINE : FAILED;
        }),
      ),
    );
}

function toFilter({ connection, status, from, to }: ResyncFlags): ResyncFilter {
  return {
    ...(connection !== undefined && { connection }),
    ...(status !== undefined && { statuses: status }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

function toStatuses(text: string, before: readonly ResyncStatus[] = []): ResyncStatus[] {
  const given = text.split(',').map((status) => status.trim());
  const unknown = given.find((status) => !(RESYNC_STATUSES as readonly string[]).includes(status));
  if (unknown !== undefined) throw new InvalidArgumentError(`Give some of ${RESYNC_STATUSES.join(', ')}.`);
  return [...before, ...(given as ResyncStatus[])];
}

function whoAsks(): string {
  try {
    return `command line (${userInfo().username})`;
  } catch {
    // a process whose user has no name, as in containers
    return 'command line';
  }
}

function counting(terminal: Terminal) {
  return (soFar: ResyncPlan) => {
    if (terminal.live) terminal.rewrite(`Looking: ${progressLine(soFar.documents, null, [], 0)} …`);
  };
}

/** Looks at the run until it is at its end; with `--work`, drives it meanwhile. */
async function untilDone(host: INestApplicationContext, terminal: Terminal, id: string, { work }: ResyncFlags) {
  const resync = host.get(ResyncService, { strict: false });
  const progress = new ProgressDisplay(terminal);
  let drained: Promise<void> | undefined;
  let failure: unknown;
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    if (work)
      drained ??= resync
        .drain()
        .catch((error: unknown) => (failure = error))
        .then(() => (drained = undefined));
    // with nobody else at work there is nothing to wait for but our own
    await Promise.race([pause(LOOK_EVERY_MS), ...(drained ? [drained] : [])]);
    if (failure) throw failure;
    const run = await resync.progress(id);
    progress.show(run);
    if (run.finishedAt) {
      await drained;
      progress.end();
      return run;
    }
    if (!work && waitedMs === NOBODY_AFTER_MS && run.revision === 1 && !run.leaseOwner) progress.say(NOBODY);
  }
}

const NOBODY = 'No process works on it yet. Start the application with its worker enabled.';

/** A bar for whoever watches; for a file, a line each time that it has moved. */
class ProgressDisplay {
  private last = '';

  constructor(private readonly terminal: Terminal) {}

  show({ done, total, synced, unchanged, failing }: ResyncRun): void {
    const troubles = Object.entries(failing).map(([code, count]) => `${count} ${code}`);
    const line = progressLine(
      done,
      total ?? null,
      [`${synced} synced`, ...passedBy(unchanged), ...troubles],
      BAR_WIDTH,
    );
    if (line === this.last) return;
    this.last = line;
    if (this.terminal.live) this.terminal.rewrite(line);
    else this.terminal.note(line);
  }

  say(sentence: string): void {
    if (this.terminal.live) this.terminal.rewrite('');
    this.terminal.note(sentence);
    this.last = '';
  }

  end(): void {
    if (this.terminal.live) this.terminal.note('');
  }
}

function isWell({ status, failing }: ResyncRun): boolean {
  return (status === 'running' || status === 'completed') && Object.keys(failing).length === 0;
}

function passedBy(unchanged: number): string[] {
  return unchanged > 0 ? [`${unchanged} of them unchanged`] : [];
}

function endText({ id, status, done, synced, unchanged, failing, problem }: ResyncRun): string {
  if (status === 'running') return `The resync ${id} is started; the processes that work bring it to its end.`;
  const troubles = Object.entries(failing).map(([code, count]) => `  ${count} × ${code}`);
  const why = problem ? [`${problem.message} ${problem.remedy}`] : [];
  const see = troubles.length > 0 ? [...troubles, 'See each: anrok-tax record list --status waiting, or failed.'] : [];
  const counts = [`${done} done`, `${synced} synced`, ...passedBy(unchanged)].join(', ');
  return [`The resync is ${status}: ${counts}.`, ...see, ...why].join('\n');
}

export function planText(plan: ResyncPlan): string {
  const { documents, byStatus, byAction, blocked, calls, durationMs } = plan;
  if (documents === 0) return 'There is nothing to do.';
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name.replace('_', ' ')}`)
      .join(', ');
  const head = list([
    ['Documents', String(documents)],
    ['They are', counted(byStatus)],
    ['To be done', counted(byAction)],
    ['Requests', `${calls}, in ${Math.ceil(durationMs / 1000)} s at least`],
  ]);
  const blocks = Object.entries(blocked).map(
    ([code, { documents: count, example }]) => `${count} × ${code}: ${example.message} ${example.remedy}`,
  );
  return [head, ...(blocks.length > 0 ? ['', ...blocks] : [])].join('\n');
}
