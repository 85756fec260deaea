import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AnrokSimulator, startAnrokSimulator } from '../index.js';
import { aDocument, aLine, BERLIN, DENVER, NEW_YORK } from '../testing/document.builder.js';
import { reply } from '../testing/simulators.js';

const anAddress = fc.constantFrom<object>(
  DENVER,
  NEW_YORK,
  BERLIN,
  { country: 'US', region: 'AL', city: 'Birmingham' },
  { country: 'US', region: 'OR' },
  { country: 'CA', region: 'QC' },
);
const someLines = fc.array(
  fc
    .record({
      amount: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      isTaxIncludedInAmount: fc.boolean(),
      productExternalId: fc.constantFrom('saas-business', 'physical-goods', 'professional-services'),
    })
    .map(aLine),
  { minLength: 1, maxLength: 5 },
);
const someCustomer = fc.constantFrom<object>({}, { customerId: 'cus-1', customerName: 'Acme' });
const someDocument = fc
  .record({ lineItems: someLines, customerAddress: anAddress, customer: someCustomer })
  .map(({ customer, ...document }) => aDocument({ ...document, ...customer }));
const anId = fc.constantFrom('inv-1', 'inv-2', 'inv-3');

/** What the books should say of one id, kept by the simplest of means. */
interface Entry {
  readonly version: number;
  readonly inForce: boolean;
  readonly frozen: boolean;
  readonly tax: number;
}

/** A running simulator, and beside it an account of what it should hold. */
interface World {
  readonly simulator: AnrokSimulator;
  readonly account: Map<string, Entry>;
}

const post = <Body = unknown>({ url, apiKey }: AnrokSimulator, path: string, body: object = {}) =>
  reply<Body>(`${url}/v1/seller/transactions/${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Does something, checks the answer against the account, and says whether the books were to change. */
type Step = (world: World) => Promise<boolean>;

const estimates =
  (document: object): Step =>
  async ({ simulator }) => {
    expect((await post(simulator, 'createEphemeral', document)).status).toBe(200);
    return false;
  };

const records =
  (id: string, document: object): Step =>
  async ({ simulator, account }) => {
    const known = account.get(id);
    const answer = await post<{ taxAmountToCollect: number }>(simulator, 'createOrUpdate', { id, ...document });
    expect(answer.status).toBe(known?.frozen ? 409 : 200);
    if (known?.frozen) return false;
    const version = (known?.version ?? 0) + 1;
    account.set(id, { version, inForce: true, frozen: false, tax: answer.body.taxAmountToCollect });
    return true;
  };

const voids =
  (id: string): Step =>
  async ({ simulator, account }) => {
    const known = account.get(id);
    const { status } = await post(simulator, `id:${id}/void`);
    expect(status).toBe(!known || (known.inForce && known.frozen) ? 409 : 200);
    if (!known?.inForce || known.frozen) return false;
    account.set(id, { ...known, version: known.version + 1, inForce: false });
    return true;
  };

const negates =
  (id: string): Step =>
  async ({ simulator, account }) => {
    const [original, newId] = [account.get(id), `${id}:negation`];
    const { status } = await post(simulator, 'createNegation', { originalTransactionId: id, newTransactionId: newId });
    const accepted = original?.inForce === true && !account.has(newId);
    expect(status).toBe(accepted ? 200 : 409);
    if (accepted) account.set(newId, { version: 1, inForce: true, frozen: false, tax: 0 - original.tax });
    return accepted;
  };

const freezes =
  (id: string): Step =>
  async ({ simulator, account }) => {
    const known = account.get(id);
    if (!known?.inForce) return false;
    simulator.freezeTransaction(id);
    account.set(id, { ...known, frozen: true });
    return true;
  };

const named = (step: Step, name: string): Step => Object.assign(step, { toString: () => name });
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(anId, someDocument).map(([id, document]) => named(records(id, document), `record ${id}`)),
  someDocument.map((document) => named(estimates(document), 'estimate')),
  anId.map((id) => named(voids(id), `void ${id}`)),
  anId.map((id) => named(negates(id), `negate ${id}`)),
  anId.map((id) => named(voids(`${id}:negation`), `void ${id}:negation`)),
  anId.map((id) => named(freezes(id), `freeze ${id}`)),
);

const inNewWorld = async (check: (world: World) => Promise<void>): Promise<void> => {
  const simulator = await startAnrokSimulator({ requestsPerSecond: null });
  try {
    await check({ simulator, account: new Map() });
  } finally {
    await simulator.close();
  }
};

describe('any course of events', () => {
  it('leaves the books as a simple account of it says, with versions that strictly rise', async () => {
    const course = fc.array(aStep, { minLength: 1, maxLength: 25 });
    const property = fc.asyncProperty(course, (steps) =>
      inNewWorld(async (world) => {
        const { books } = world.simulator;
        for (const step of steps) {
          const before = [books.transactions(), books.customers()];
          const changes = await step(world);
          if (!changes) expect([books.transactions(), books.customers()]).toEqual(before);
          const accounted = [...world.account].map(([id, { version, inForce, frozen, tax }]) => ({
            id,
            version,
            state: inForce ? 'normal' : 'voided',
            frozen,
            taxAmountToCollect: tax,
          }));
          expect(books.transactions()).toMatchObject(accounted);
          const inForce = [...world.account.values()].filter((entry) => entry.inForce);
          expect(books.netTaxOf(() => true)).toBe(inForce.reduce((sum, { tax }) => sum + tax, 0));
        }
      }),
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it('ends with a net of zero, to the digit, when everything in force is negated', async () => {
    interface ListAnswer {
      readonly transactions: readonly { body: { preTaxAmount: string; taxAmountDue: { total: string } } }[];
    }
    const mirrored = (text: string) => (text === '0' ? '0' : text.startsWith('-') ? text.slice(1) : `-${text}`);
    const property = fc.asyncProperty(someDocument, (document) =>
      inNewWorld(async ({ simulator }) => {
        await post(simulator, 'createOrUpdate', { id: 'inv-1', ...document });
        await post(simulator, 'createNegation', { originalTransactionId: 'inv-1', newTransactionId: 'neg' });
        expect(simulator.books.netTaxOf(['inv-1', 'neg'])).toBe(0);
        const { transactions } = (await post<ListAnswer>(simulator, 'list')).body;
        const [original, negation] = transactions.map(({ body }) => [body.preTaxAmount, body.taxAmountDue.total]);
        expect(negation).toEqual(original!.map(mirrored));
      }),
    );
    await fc.assert(property, { numRuns: 60 });
  });
});
