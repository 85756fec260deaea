import { AnrokError, AnrokFeatureNotEnabledError, type AnrokFeatureType } from '@anrok-nest/client';
import { TaxError, type TaxProblem } from '@anrok-nest/tax';
import { toTaxProblem } from '../mapping/to-tax-problem.js';
import { type AnrokFeature, FEATURE_NAMES, FEATURE_OF } from './anrok-feature.js';
import type { Connection } from './connection.entity.js';

/** Anrok refused what it was asked or did not answer in time. The code and the sentences are those of the cause. */
export class AnrokCallFailedError extends TaxError {
  constructor(problem: TaxProblem, cause: AnrokError) {
    super(problem, { cause });
  }
}

/** What was asked is a feature that the connection's account does not have; everything else works without it. */
export class FeatureNotEnabledError extends TaxError {
  constructor(
    readonly feature: AnrokFeature,
    connection: string,
    options?: ErrorOptions,
  ) {
    super(
      {
        code: 'anrok_feature_not_enabled_on_account',
        message: `${FEATURE_NAMES[feature]} is not enabled on the Anrok account of connection "${connection}".`,
        remedy: 'Ask Anrok (hello@anrok.com) to enable it on this account, or go without: everything else works.',
        retry: 'after-fix',
        details: { feature, connection },
      },
      options,
    );
  }
}

/** What a call to Anrok threw, in the words of tax; what is not Anrok's stays as it is. */
export function toTaxError(error: unknown, connection: Pick<Connection, 'code'>): unknown {
  if (error instanceof AnrokFeatureNotEnabledError)
    return new FeatureNotEnabledError(FEATURE_OF[error.type as AnrokFeatureType], connection.code, { cause: error });
  return error instanceof AnrokError ? new AnrokCallFailedError(toTaxProblem(error), error) : error;
}
