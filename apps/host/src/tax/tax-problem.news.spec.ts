import type { DocumentProblem } from '@anrok-nest/module';
import { describe, expect, it } from '@jest/globals';
import { isNews } from './tax-problem.news.js';

const unmapped: DocumentProblem = {
  code: 'item_not_mapped',
  message: 'The item add_on "a" is not mapped.',
  remedy: 'Map it.',
  retry: 'after-fix',
  details: {},
  next: 'waiting',
};
const down: DocumentProblem = {
  ...unmapped,
  code: 'anrok_server_error',
  message: 'Down.',
  retry: 'later',
  next: 'retrying',
};

describe('isNews', () => {
  it.each<[string, DocumentProblem, DocumentProblem | null, boolean]>([
    ['a document begins to wait', unmapped, null, true],
    ['it waits for the same again', unmapped, unmapped, false],
    ['it waits for something else', unmapped, { ...unmapped, code: 'customer_address_unusable' }, true],
    ['it waits for another item', unmapped, { ...unmapped, message: 'The item add_on "b" is not mapped.' }, true],
    ['it waits after an outage', unmapped, down, true],
    ['it is tried again soon', down, null, false],
    ['it is tried again after something else', down, unmapped, false],
    ['it is given up after tries that said the same', { ...down, next: 'failed' }, down, true],
    ['it can never be taxed', { ...unmapped, retry: 'never', next: 'failed' }, null, true],
  ])('when %s', (_, problem, last, expected) => expect(isNews(problem, last)).toBe(expected));
});
