import type { CallOptions } from '../call-options.js';
import type { Send } from '../transport/anrok-request.js';
import { type AnrokTaxIdAnswer, type AnrokTaxIdQuestion, taxIdAnswer } from '../wire/tax-id.js';

export class AnrokTaxIds {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Which tax ids an address asks for, and which of the given ones are valid. A paid feature: AnrokFeatureNotEnabledError. */
  async validate(body: AnrokTaxIdQuestion, call?: CallOptions): Promise<AnrokTaxIdAnswer> {
    return this.#send({ operation: 'taxIds.validate', path: 'taxId/validate', body, answer: taxIdAnswer }, call);
  }
}
