// What billing refuses is one of these. Everything else that it throws is a defect.

/** There is no such thing. */
export class NotFoundError extends Error {
  /** @param resource what was looked for, in snake_case: `invoice`, `add_on` */
  constructor(readonly resource: string) {
    super(`There is no such ${resource.replaceAll('_', ' ')}.`);
  }
}

/** The thing is there, but not in a state for this. */
export class NotAllowedError extends Error {
  /** @param code why, in snake_case: `invalid_status` */
  constructor(readonly code: string) {
    super(`This is not allowed: ${code}.`);
  }
}

/** Codes of what is wrong with a value, in the words that billing APIs of this kind use. */
export type InputProblem =
  | 'currencies_does_not_match'
  | 'does_not_match_item_amounts'
  | 'higher_than_remaining_fee_amount'
  | 'integration_not_available'
  | 'total_amount_exceeds_invoice_amount'
  | 'value_already_exist'
  | 'value_is_invalid'
  | 'value_is_mandatory'
  | 'value_is_out_of_range';

/** The caller gave something that can't be taken. */
export class InvalidInputError extends Error {
  /**
   * @param fields problems by the path of the field: `{ 'fees[0].units': ['value_is_invalid'] }`. The API writes paths
   * in snake_case.
   */
  constructor(readonly fields: Readonly<Record<string, readonly (InputProblem | (string & {}))[]>>) {
    super(`These fields are wrong: ${Object.keys(fields).join(', ')}.`);
  }
}
