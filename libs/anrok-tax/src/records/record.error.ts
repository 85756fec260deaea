import { TaxError } from '@anrok-nest/tax';

export class SyncRecordNotFoundError extends TaxError {
  constructor(id: string) {
    super({
      code: 'sync_record_not_found',
      message: `There is no sync record ${id}.`,
      remedy: 'Take the id from the list of records.',
      retry: 'never',
      details: { id },
    });
  }
}

export class InvalidCursorError extends TaxError {
  constructor() {
    super({
      code: 'invalid_cursor',
      message: 'The cursor is none of a list of this API.',
      remedy: 'Give `next` of the page before as it came, or leave it out for the first page.',
      retry: 'never',
      details: {},
    });
  }
}
