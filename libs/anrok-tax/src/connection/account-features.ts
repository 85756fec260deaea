import { type AnrokClient, AnrokError, AnrokFeatureNotEnabledError } from '@anrok-nest/client';
import type { TaxProblem } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { toTaxProblem } from '../mapping/to-tax-problem.js';
import { FeatureNotEnabledError } from './anrok-call.error.js';
import { AnrokClients } from './anrok-clients.js';
import { type AnrokFeature, FEATURE_NAMES } from './anrok-feature.js';
import type { Connection } from './connection.entity.js';

export interface FeatureStanding {
  readonly feature: AnrokFeature;
  /** `unknown`: no answer of Anrok's says. */
  readonly state: 'on' | 'off' | 'unknown';
  /** How that is known, or why not, as a sentence. */
  readonly reason: string;
  /** What Anrok answered, where somebody can do something about it. */
  readonly problem?: TaxProblem;
}

/** Milliseconds for one question. */
const PATIENCE = { timeoutMs: 10_000 };

/** Which of Anrok's optional features a connection's account has. Found by asking; nothing changes at Anrok. */
@Injectable()
export class AccountFeatures {
  constructor(private readonly clients: AnrokClients) {}

  /** All of them, asked at once. @throws ApiKeyUnreadableError */
  async of(connection: Connection): Promise<FeatureStanding[]> {
    const client = this.clients.for(connection);
    const features = Object.keys(QUESTIONS) as AnrokFeature[];
    return Promise.all(features.map((feature) => standingOf(feature, connection, client)));
  }
}

/** Each succeeds where the feature is on, but for requests of certificates: that one can only be refused. */
const QUESTIONS: Readonly<Record<AnrokFeature, (client: AnrokClient) => Promise<unknown>>> = {
  transactionList: ({ transactions }) => first(transactions.list(undefined, { ...PATIENCE, pageSize: 1 })),
  filingList: ({ filings }) => first(filings.list(undefined, { ...PATIENCE, pageSize: 1 })),
  taxIdValidation: ({ taxIds }) =>
    taxIds.validate({ customerAddress: { country: 'DE' }, customerTaxIds: [] }, PATIENCE),
  // a customer that can't exist, no address and no e-mail: whatever Anrok looks at first, nothing comes of it
  certificateRequests: ({ certificateRequests }) =>
    certificateRequests.create(
      { customerId: `feature-check-${uuidv7()}`, emailAddress: 'nobody', sendEmail: false },
      PATIENCE,
    ),
};

async function standingOf(feature: AnrokFeature, { code }: Connection, client: AnrokClient): Promise<FeatureStanding> {
  try {
    await QUESTIONS[feature](client);
    return { feature, state: 'on', reason: `${FEATURE_NAMES[feature]} answered.` };
  } catch (error) {
    if (!(error instanceof AnrokError)) throw error;
    if (error instanceof AnrokFeatureNotEnabledError) {
      const { problem } = new FeatureNotEnabledError(feature, code);
      return { feature, state: 'off', reason: problem.message, problem };
    }
    // what to do about a refusal that was asked for, nobody has to know
    if (isMeant(error)) return { feature, state: 'unknown', reason: UNDECIDED };
    const problem = toTaxProblem(error);
    return { feature, state: 'unknown', reason: problem.message, problem };
  }
}

const UNDECIDED =
  'Anrok refused a request that it could not have carried out, and does not say whether it looked at the feature ' +
  'first. A real request tells.';

/** Whether it is one of the refusals that the request was made for. */
function isMeant({ code }: AnrokError): boolean {
  return code === 'anrok_customer_id_not_found' || code === 'anrok_invalid_email_address';
}

async function first<T>(list: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of list) return item;
  return undefined;
}
