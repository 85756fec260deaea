import type { ItemReference } from '@anrok-nest/tax';
import type { FeatureStanding } from '../../connection/account-features.js';
import type { SyncStatus } from '../../records/tax-sync-record.entity.js';
import type { ItemCoverage } from '../../settings/item-coverage.service.js';
import type { ClockFacts, ConnectionFacts, DoctorFacts } from './doctor.facts.js';
import { type Finding, ok, problem, warning } from './finding.js';

/** Due for longer than this, and nobody has taken anything up: nobody works. */
const OVERDUE_MS = 5 * 60_000;

/** Anrok's own, for an account. */
const ANROK_LIMIT = 10;
const CLOCK_TOLERANCE_MS = 5_000;
const CLOCK_WRONG_MS = 60_000;

/** All that is to be said of the facts. Pure. */
export function examine(facts: DoctorFacts): Finding[] {
  return [
    ok('setup', 'The options fit, and the tables are there and as they should be.'),
    ...connections(facts),
    clock(facts.clock),
    limits(facts),
    worker(facts),
    ...backlog(facts),
  ];
}

function connections({ connections: all }: DoctorFacts): Finding[] {
  if (all.length > 0)
    return all.flatMap((connection) => [key(connection), ...mappings(connection), ...capabilities(connection)]);
  const remedy = 'Connect one: POST /connections of the admin API, or ConnectionService.create.';
  return [problem('connections', 'There is no connection to an Anrok account.', remedy)];
}

function key({ code, paused, isKeyCurrent, problem: refusal }: ConnectionFacts): Finding {
  const check = `key of ${code}`;
  if (refusal) return problem(check, refusal.message, refusal.remedy);
  if (paused) {
    const remedy = `Let it go on: anrok-tax connections test ${code}`;
    return problem(check, 'Anrok takes the key, but the connection is paused since it once did not.', remedy);
  }
  if (!isKeyCurrent) {
    const remedy = 'Start a process that works with this encryptionKey before you give the older one up.';
    return warning(check, 'Anrok takes it, but it is stored under an older encryptionKey.', remedy);
  }
  return ok(check, 'It can be decrypted, and Anrok takes it.');
}

function capabilities({ code, features }: ConnectionFacts): Finding[] {
  return features.map((standing) => capability(`${standing.feature} of ${code}`, standing));
}

function capability(check: string, { state, reason, problem: answer }: FeatureStanding): Finding {
  if (state === 'off') return warning(check, reason, answer?.remedy ?? 'Ask Anrok to switch it on.');
  // what Anrok refuses to say will not be said tomorrow either: nothing that anybody could mend
  if (state === 'unknown' && answer?.retry === 'later') return warning(check, reason, answer.remedy);
  return ok(check, reason);
}

function mappings({ code, blocked, uncovered }: ConnectionFacts): Finding[] {
  const check = `mappings of ${code}`;
  const findings: Finding[] = [];
  if (blocked.length > 0) {
    const message = `Documents wait for the mapping of ${names(blocked)}.`;
    const remedy = 'Map them to products that Anrok has; the documents continue by themselves.';
    findings.push(problem(check, message, remedy));
  }
  const waitedFor = new Set(blocked.map(({ item }) => nameOf(item)));
  const others = uncovered.filter(({ item }) => !waitedFor.has(nameOf(item)));
  if (others.length > 0) {
    const message = `Some items have no product at Anrok: ${names(others)}.`;
    findings.push(warning(check, message, 'See all: anrok-tax mappings check; documents over them would wait.'));
  }
  return findings.length > 0 ? findings : [ok(check, 'Every item has a product at Anrok.')];
}

/** There may be more than are shown. */
function names(items: readonly ItemCoverage[]): string {
  return items.map(({ item }) => nameOf(item)).join(', ');
}

function nameOf({ type, id }: ItemReference): string {
  return `${type} "${id}"`;
}

function clock({ aheadMs, reason }: ClockFacts): Finding {
  if (aheadMs === undefined)
    return warning('clock', `What time it is at Anrok is not known: ${reason}.`, 'See whether Anrok can be reached.');
  const off = Math.abs(aheadMs);
  if (off <= CLOCK_TOLERANCE_MS) return ok('clock', "It is within seconds of Anrok's.");
  const message = `It is ${Math.round(off / 1000)} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} Anrok's.`;
  const remedy = "Synchronize this machine's clock (NTP): dates of documents and leases of work go by it.";
  return (off > CLOCK_WRONG_MS ? problem : warning)('clock', message, remedy);
}

function limits({ requestsPerSecond }: DoctorFacts): Finding {
  if (requestsPerSecond <= ANROK_LIMIT)
    return ok('limits', `At most ${requestsPerSecond} requests a second go to an account; Anrok takes ${ANROK_LIMIT}.`);
  const message = `requestsPerSecond is ${requestsPerSecond}, and Anrok takes ${ANROK_LIMIT} from an account.`;
  return warning('limits', message, `Set it to ${ANROK_LIMIT}, unless Anrok has raised the limit of your account.`);
}

function worker({ workload: { dueSince, isInHand }, now }: DoctorFacts): Finding {
  if (!dueSince || isInHand || now.getTime() - dueSince.getTime() < OVERDUE_MS)
    return ok('worker', 'Nothing is due that nobody has taken up.');
  const message = `Documents are due since ${dueSince.toISOString()} (${age(dueSince, now)}), and nobody works on them.`;
  return problem('worker', message, 'Run a process of the application whose options say worker: { enabled: true }.');
}

const LEFT_BEHIND: Readonly<Partial<Record<SyncStatus, readonly [is: string, remedy: string]>>> = {
  waiting: [
    'waiting for somebody to mend something',
    'See what for: anrok-tax record list --status waiting; each goes on by itself once that is done.',
  ],
  failed: [
    'given up',
    'See why: anrok-tax record list --status failed; then anrok-tax record retry, or anrok-tax resync.',
  ],
};

function backlog({ backlog: all, now }: DoctorFacts): Finding[] {
  const findings = all.flatMap(({ connectionCode, status, count, oldestRequestedAt }) => {
    const [is, remedy] = LEFT_BEHIND[status] ?? [];
    if (!is || !remedy) return [];
    const message = `${documents(count)} ${is}, the oldest for ${age(oldestRequestedAt, now)}.`;
    return [warning(`backlog of ${connectionCode}`, message, remedy)];
  });
  return findings.length > 0 ? findings : [ok('backlog', 'No document is without its tax for good.')];
}

function documents(count: number): string {
  return count === 1 ? '1 document is' : `${count} documents are`;
}

/** As people say it, in the largest unit that fits. */
function age(since: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
  const [count, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 48 * 60
        ? [Math.floor(minutes / 60), 'hour']
        : [Math.floor(minutes / 1440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
