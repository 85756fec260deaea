import { z } from 'zod';
import { messageOf } from '../error.message.js';
import { serialisableFault } from '../faults/fault.js';
import { OPERATION_NAMES } from '../operations/operation.js';
import { parseBody } from '../schema/body.refusal.js';
import type { SimulatorControls } from '../simulator.controls.js';
import { type Answer, jsonAnswer, textAnswer } from './answer.js';
import { jsonIn, type ReceivedRequest } from './received-request.js';

export const CONTROL_PREFIX = '/_simulator/';

const faultsBody = z
  .strictObject({
    operation: z.enum([...OPERATION_NAMES, 'any']),
    fault: serialisableFault,
    times: z.int().min(1).optional(),
    always: z.boolean().default(false),
  })
  .refine(({ times, always }) => times === undefined || !always, { error: 'times and always exclude each other.' });

const sellerId = z.string().optional();
const freezeBody = z.union(
  [
    z.strictObject({ before: z.iso.date(), sellerId }),
    z.strictObject({ transactionId: z.string(), sellerId }),
    z.strictObject({ unfreeze: z.literal(true), sellerId }),
  ],
  { error: 'Expected one of before (a date), transactionId and unfreeze (true).' },
);

const featuresBody = z.strictObject({
  listTransactions: z.boolean().optional(),
  listFilings: z.boolean().optional(),
  validateTaxIds: z.boolean().optional(),
  certificateRequests: z.boolean().optional(),
});

/** Answers with what it returns, or `{}`. */
type Command = (request: ReceivedRequest) => object | void;

/** What tests do in-process, for a simulator in another process: JSON in and out, without a key and without a limit. */
export function controlPlane(controls: SimulatorControls): (request: ReceivedRequest) => Answer {
  const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
    ['GET health', () => ({ status: 'ok', sellerId: controls.sellerId, features: controls.features })],
    ['GET books', ({ query }) => booksIn(controls, query.get('sellerId'))],
    ['GET calls', () => ({ calls: controls.calls.all() })],
    ['POST faults', taking(faultsBody, (order) => orderFault(controls, order))],
    ['DELETE faults', () => controls.faults.clear()],
    ['POST freeze', taking(freezeBody, (order) => freeze(controls, order))],
    ['POST features', taking(featuresBody, (changes) => controls.setFeatures(changes))],
  ]);
  return (request) => {
    const command = commands.get(`${request.method} ${request.path.slice(CONTROL_PREFIX.length)}`);
    if (!command)
      return textAnswer(404, `No such command; there are ${[...commands.keys()].join(', ')} below ${CONTROL_PREFIX}.`);
    try {
      return jsonAnswer(200, command(request) ?? {});
    } catch (error) {
      return textAnswer(400, messageOf(error));
    }
  };
}

/** A command with a body. @throws Error with a sentence when it isn't in shape */
function taking<Body>(schema: z.ZodType<Body>, run: (body: Body) => void): Command {
  return (request) => {
    const parsed = parseBody(schema, jsonIn(request));
    if ('refusal' in parsed) throw new Error(parsed.refusal);
    run(parsed.body);
  };
}

function booksIn(controls: SimulatorControls, seller: string | null): object {
  const books = seller === null ? controls.books : controls.booksOf(seller);
  return {
    transactions: books.transactions(),
    customers: books.customers(),
    products: books.products(),
    certificates: books.certificates(),
    certificateRequests: books.certificateRequests(),
  };
}

function orderFault({ faults }: SimulatorControls, order: z.output<typeof faultsBody>): void {
  if (order.always) faults.always(order.operation, order.fault);
  else faults.next(order.operation, order.fault, { times: order.times ?? 1 });
}

function freeze(controls: SimulatorControls, order: z.output<typeof freezeBody>): void {
  if ('before' in order) controls.freeze({ before: order.before }, order.sellerId);
  else if ('transactionId' in order) controls.freezeTransaction(order.transactionId, order.sellerId);
  else controls.unfreeze(order.sellerId);
}
