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
