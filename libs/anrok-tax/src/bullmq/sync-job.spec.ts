import { describe, expect, it } from '@jest/globals';
import type { DueDocument } from '../sync/sync-dispatch.js';
import { queueName, recordIdIn, toJob } from './sync-job.js';

const due: DueDocument = {
  recordId: 'rec-1',
  connection: 'anrok',
  kind: 'credit_note',
  id: '0199-42',
  number: 'CN-2026-000042',
  dueAt: new Date('2026-03-15T12:00:00Z'),
  isResync: false,
};

describe('a job', () => {
  it('holds the id of the record and of the connection, and nothing of the document', () => {
    expect(toJob(due).data).toEqual({ recordId: 'rec-1', connection: 'anrok' });
  });

  it('is named by what people call the document, or by its id until that is known', () => {
    expect(toJob(due).name).toBe('credit_note CN-2026-000042');
    expect(toJob({ ...due, number: null }).name).toBe('credit_note 0199-42');
  });

  it('is the same for each time that a record becomes due, and another when it is due again', () => {
    const idOf = (one: DueDocument) => toJob(one).opts.deduplication?.id;
    expect(idOf({ ...due, number: null })).toBe(idOf(due));
    expect(idOf({ ...due, dueAt: new Date('2026-03-15T12:00:01Z') })).not.toBe(idOf(due));
    expect(idOf({ ...due, recordId: 'rec-2' })).not.toBe(idOf(due));
  });

  it('of a resync comes after all others', () => {
    expect(toJob(due).opts.priority).toBeUndefined();
    expect(toJob({ ...due, isResync: true }).opts.priority).toBeGreaterThan(0);
  });

  it('is tried once, and kept for a while', () => {
    const kept = { count: expect.any(Number), age: expect.any(Number) };
    expect(toJob(due).opts).toMatchObject({ attempts: 1, removeOnComplete: kept, removeOnFail: kept });
  });
});

describe('what comes over Redis', () => {
  it('names the record that was handed on', () => {
    const recordId = '0198aaaa-0000-7000-8000-000000000001';
    expect(recordIdIn(toJob({ ...due, recordId }).data)).toBe(recordId);
  });

  it.each([
    null,
    'rec-1',
    [],
    {},
    { recordId: 'rec-1' },
    { recordId: 7 },
    { recordId: { $ne: null } },
    { recordId: [] },
  ])('names none where it is %j: a condition would be asked of the database as it stands', (data) =>
    expect(recordIdIn(data)).toBeUndefined(),
  );
});

describe('the queue of a connection', () => {
  it('has a name that BullMQ takes, whatever the code is', () => {
    expect(queueName('anrok')).toBe('anrok-tax.anrok');
    expect(queueName('eu:main')).not.toContain(':');
    expect(queueName('eu:main')).not.toBe(queueName('eu.main'));
  });
});
