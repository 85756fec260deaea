import { describe, expect, it } from '@jest/globals';
import { DEFAULT_THRESHOLDS, type HealthFacts, judgeHealth } from './judge-health.js';

const at = new Date('2026-03-15T12:00:00Z');
const ago = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
const one = (status: 'pending' | 'retrying' | 'waiting' | 'failed', minutes = 1, count = 1) => ({
  connectionCode: 'anrok',
  status,
  count,
  oldestRequestedAt: ago(minutes),
});
const healthy: HealthFacts = {
  at,
  backlog: [],
  workload: { isInHand: false },
  connections: [{ code: 'anrok', isPaused: false }],
};

describe('the health', () => {
  it.each<[string, Partial<HealthFacts>, 'up' | 'degraded' | 'down', RegExp[]]>([
    ['nothing is open', {}, 'up', []],
    [
      'work has just become due',
      { backlog: [one('pending')], workload: { dueSince: ago(1), isInHand: false } },
      'up',
      [],
    ],
    ['work is due for as long as it may be', { workload: { dueSince: ago(15), isInHand: false } }, 'up', []],
    [
      'work is due for longer and nobody works',
      { workload: { dueSince: ago(16), isInHand: false } },
      'down',
      [/nobody/],
    ],
    [
      'work is due for longer and somebody works',
      { workload: { dueSince: ago(16), isInHand: true } },
      'degraded',
      [/behind/],
    ],
    ['a document waits for hours', { backlog: [one('waiting', 23 * 60)] }, 'up', []],
    ['a document waits for more than a day', { backlog: [one('waiting', 25 * 60)] }, 'degraded', [/without its tax/]],
    ['a document was given up', { backlog: [one('failed')] }, 'degraded', [/given up/]],
    ['a connection is paused', { connections: [{ code: 'eu', isPaused: true }] }, 'degraded', [/refuses its key/]],
    [
      'everything is wrong at once',
      {
        backlog: [one('failed'), one('retrying', 3000)],
        workload: { dueSince: ago(3000), isInHand: false },
        connections: [{ code: 'eu', isPaused: true }],
      },
      'down',
      [/nobody/, /without its tax/, /refuses its key/, /given up/],
    ],
  ])('when %s', (_, facts, status, reasons) => {
    const report = judgeHealth({ ...healthy, ...facts }, DEFAULT_THRESHOLDS);
    expect(report.status).toBe(status);
    expect(report.reasons).toEqual(reasons.map((reason) => expect.stringMatching(reason)));
  });

  it('says how many documents are in which status, how old they are, and which connections are paused', () => {
    const backlog = [one('waiting', 5, 2), { ...one('waiting', 9, 3), connectionCode: 'eu' }, one('failed', 90)];
    const connections = [...healthy.connections, { code: 'eu', isPaused: true }];
    const workload = { dueSince: ago(2), isInHand: true };
    expect(judgeHealth({ at, backlog, workload, connections }, DEFAULT_THRESHOLDS)).toMatchObject({
      documents: { waiting: 5, failed: 1 },
      oldestSeconds: 540,
      overdueSeconds: 120,
      pausedConnections: ['eu'],
    });
  });

  it('goes by the thresholds that it is given', () => {
    const backlog = [one('failed', 1, 3), one('waiting', 5)];
    const workload = { dueSince: ago(1), isInHand: false };
    const thresholds = { overdueMs: 1000, backlogAgeMs: 1000, failed: 3 };
    const { status, reasons } = judgeHealth({ ...healthy, backlog, workload }, thresholds);
    expect(status).toBe('down');
    expect(reasons).toEqual([expect.stringMatching(/nobody/), expect.stringMatching(/without its tax/)]);
  });
});
