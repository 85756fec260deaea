import { validate as isUuid } from 'uuid';
import { InvalidCursorError } from './record.error.js';
import type { TaxSyncRecord } from './tax-sync-record.entity.js';

type Place = Pick<TaxSyncRecord, 'requestedAt' | 'id'>;

/** A record's place in the list: what is added before it moves no later page. */
export function toCursor({ requestedAt, id }: Place): string {
  return Buffer.from(`${requestedAt.getTime()} ${id}`).toString('base64url');
}

/** @throws InvalidCursorError */
export function fromCursor(cursor: string): Place {
  const [ms = '', id = '', ...more] = Buffer.from(cursor, 'base64url').toString().split(' ');
  // beyond 14 digits it is no moment that a database knows
  if (more.length > 0 || !/^\d{1,14}$/.test(ms) || !isUuid(id)) throw new InvalidCursorError();
  return { requestedAt: new Date(Number(ms)), id };
}

/** The records behind a place, the latest first. */
export function behind({ requestedAt, id }: Place) {
  return {
    $and: [
      { requestedAt: { $lte: requestedAt } },
      { $or: [{ requestedAt: { $lt: requestedAt } }, { id: { $lt: id } }] },
    ],
  };
}
