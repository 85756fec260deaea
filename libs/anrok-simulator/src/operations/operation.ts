import type { z } from 'zod';
import type { SellerBooks } from '../books/seller.books.js';
import { type Answer, jsonAnswer, textAnswer } from '../http/answer.js';
import { parseBody } from '../schema/body.refusal.js';
import type { Features, Settings } from '../simulator.options.js';
import { Conflict } from '../wire/conflict.js';

export const OPERATION_NAMES = [
  'transactions.createEphemeral',
  'transactions.createOrUpdate',
  'transactions.createNegation',
  'transactions.void',
  'transactions.list',
  'products.create',
  'products.get',
  'productTaxCategories.list',
  'productIdMapping.list',
  'productIdMapping.add',
  'certificates.create',
  'certificates.get',
  'certificates.list',
  'certificates.archive',
  'certificateRequests.create',
  'taxId.validate',
  'filings.list',
] as const;
export type OperationName = (typeof OPERATION_NAMES)[number];

export interface OperationContext {
  readonly books: SellerBooks;
  readonly now: Date;
  /** What stands in the path after `id:`; empty where there is no such part. */
  readonly pathId: string;
  readonly features: Features;
  readonly settings: Pick<Settings, 'assumptions' | 'accountingTimeZone' | 'integrationIds'>;
}

export interface Operation {
  readonly name: OperationName;
  /** Below `/v1/seller/`; `{}` is an id. */
  readonly path: string;
  /** @param rawBody undefined where it was no JSON */
  perform(rawBody: unknown, context: OperationContext): Answer;
}

interface OperationDefinition<Body> {
  readonly name: OperationName;
  readonly path: string;
  readonly body: z.ZodType<Body>;
  /** As the API has it, a 400 is a JSON string at most endpoints and plain text at some. */
  readonly refusesIn?: 'json' | 'text';
  /** Comes after the body was found in shape: the object to answer, or the refusal. Nothing may wait in here. */
  run(body: Body, context: OperationContext): object | Conflict;
}

const NO_JSON = { refusal: 'Request body: Expected JSON, with the content type application/json.' };

export function defineOperation<Body>(definition: OperationDefinition<Body>): Operation {
  const { name, path, refusesIn = 'json' } = definition;
  return {
    name,
    path,
    perform(rawBody, context) {
      const parsed = rawBody === undefined ? NO_JSON : parseBody(definition.body, rawBody);
      if ('refusal' in parsed)
        return refusesIn === 'json' ? jsonAnswer(400, parsed.refusal) : textAnswer(400, parsed.refusal);
      const result = definition.run(parsed.body, context);
      return result instanceof Conflict
        ? jsonAnswer(409, { type: result.type, ...result.details })
        : jsonAnswer(200, result);
    },
  };
}
