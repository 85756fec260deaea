import { describe, expect, it } from '@jest/globals';
import type { FeatureStanding } from '../../connection/account-features.js';
import { examine } from './checks.js';
import type { ConnectionFacts, DoctorFacts } from './doctor.facts.js';

const now = new Date('2026-03-10T12:00:00Z');
const connection: ConnectionFacts = {
  code: 'anrok',
  paused: false,
  isKeyCurrent: true,
  features: [],
  blocked: [],
  uncovered: [],
};
const well: DoctorFacts = {
  connections: [connection],
  clock: { aheadMs: 800 },
  requestsPerSecond: 10,
  backlog: [],
  now,
  workload: { isInHand: false },
};
const covered = { item: { type: 'add_on', id: 'setup' }, name: 'Setup', product: null, waitingDocuments: 1 };
const answer = { code: 'x', message: 'It is so.', remedy: 'Do that instead.', details: {} } as const;
const withFeature = (standing: Omit<FeatureStanding, 'feature'>): Partial<DoctorFacts> => ({
  connections: [{ ...connection, features: [{ feature: 'filingList', ...standing }] }],
});

describe('the doctor', () => {
  it('finds nothing where all is well', () => {
    expect(examine(well).filter(({ level }) => level !== 'ok')).toEqual([]);
  });

  it.each<[string, Partial<DoctorFacts>, string, RegExp]>([
    ['no connection', { connections: [] }, 'connections: problem', /no connection/],
    [
      'a key that is refused',
      { connections: [{ ...connection, problem: { ...answer, retry: 'after-fix' } }] },
      'key of anrok: problem',
      /^It is so\.$/,
    ],
    [
      'a connection that is paused, though its key works',
      { connections: [{ ...connection, paused: true }] },
      'key of anrok: problem',
      /paused/,
    ],
    [
      'a key that is stored under an older encryption key',
      { connections: [{ ...connection, isKeyCurrent: false }] },
      'key of anrok: warning',
      /older encryptionKey/,
    ],
    [
      'documents that wait for a mapping',
      { connections: [{ ...connection, blocked: [covered], uncovered: [covered] }] },
      'mappings of anrok: problem',
      /add_on "setup"/,
    ],
    [
      'items that nobody has mapped yet',
      { connections: [{ ...connection, uncovered: [covered] }] },
      'mappings of anrok: warning',
      /add_on "setup"/,
    ],
    [
      'a feature that is off',
      withFeature({ state: 'off', reason: 'It is off.' }),
      'filingList of anrok: warning',
      /off/,
    ],
    [
      'a feature that could not be asked for',
      withFeature({ state: 'unknown', reason: 'No answer.', problem: { ...answer, retry: 'later' } }),
      'filingList of anrok: warning',
      /No answer/,
    ],
    ['a clock that is off', { clock: { aheadMs: -6_000 } }, 'clock: warning', /6 seconds behind/],
    ['a clock that is far off', { clock: { aheadMs: 61_000 } }, 'clock: problem', /61 seconds ahead of/],
    ['a clock that nobody can check', { clock: { reason: 'no network' } }, 'clock: warning', /no network/],
    ['a limit above that of Anrok', { requestsPerSecond: 11 }, 'limits: warning', /11.*10/],
    [
      'work that nobody takes up',
      { workload: { dueSince: new Date('2026-03-10T09:59:00Z'), isInHand: false } },
      'worker: problem',
      /^Documents are due since .*\(2 hours\), and nobody works/,
    ],
    [
      'documents that were given up',
      { backlog: [{ connectionCode: 'anrok', status: 'failed', count: 1, oldestRequestedAt: new Date('2026-03-01') }] },
      'backlog of anrok: warning',
      /^1 document is given up, the oldest for 9 days\.$/,
    ],
  ])('finds %s, and says what to do', (_, changes, finding, sentence) => {
    const bad = examine({ ...well, ...changes }).filter(({ level }) => level !== 'ok');
    expect(bad.map(({ check, level }) => `${check}: ${level}`)).toEqual([finding]);
    expect(bad[0]!.message).toMatch(sentence);
    expect(bad[0]!.remedy).toMatch(/^[A-Z].{10,}/);
  });

  it('has nothing to say against a feature of which Anrok never tells, nor against documents on their way', () => {
    const unknown = withFeature({
      state: 'unknown',
      reason: 'It does not say.',
      problem: { ...answer, retry: 'never' },
    });
    const backlog = [{ connectionCode: 'anrok', status: 'retrying' as const, count: 3, oldestRequestedAt: now }];
    expect(examine({ ...well, ...unknown, backlog }).filter(({ level }) => level !== 'ok')).toEqual([]);
  });
});
