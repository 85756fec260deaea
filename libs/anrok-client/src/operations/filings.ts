import type { ListOptions } from '../call-options.js';
import type { Send } from '../transport/anrok-request.js';
import { pages } from '../transport/pages.js';
import { type AnrokFiling, type AnrokFilingFilter, filing } from '../wire/filing.js';
import { pageOf } from '../wire/page.js';

const filingPage = pageOf('filings', filing);

/** Tax returns. */
export class AnrokFilings {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** A paid feature: AnrokFeatureNotEnabledError where it is off. Pages of up to 100. */
  list(filter?: AnrokFilingFilter, options?: ListOptions): AsyncIterable<AnrokFiling> {
    return pages(
      this.#send,
      {
        operation: 'filings.list',
        path: 'filings/list',
        filter,
        answer: filingPage,
        largestPage: 100,
      },
      options,
    );
  }
}
