import { ANROK } from '../mapping/to-tax-calculation.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FlatRateTaxStrategy, type TaxDocumentReference } from '@anrok-nest/tax';
import type {
  BillingHost,
  CustomerPage,
  DocumentPage,
  DocumentPageRequest,
  DocumentProblem,
  DocumentTaxes,
  HostItem,
  ItemPage,
  ItemPageRequest,
  TaxedDocument,
} from '../host/billing-host.js';

export interface BillingHostUnderTest {
  readonly host: BillingHost;
  /** Runs something as the module does: in a request context of MikroORM. */
  inContext<T>(work: () => Promise<T>): Promise<T>;
  /** A final document over some lines, without its taxes. */
  finalDocument(): Promise<TaxDocumentReference>;
  /** Changes something about the document that its tax depends on. */
  change(reference: TaxDocumentReference): Promise<void>;
  close(): Promise<void>;
}

const PROBLEM: DocumentProblem = {
  code: 'item_not_mapped',
  message: 'No product is mapped.',
  remedy: 'Map one.',
  retry: 'after-fix',
  details: { items: [{ type: 'add_on', id: 'x' }] },
  next: 'waiting',
};

/** What the module relies on in every BillingHost. */
export function describeBillingHost(name: string, start: () => Promise<BillingHostUnderTest>): void {
  describe(`${name} keeps the contract of a billing host`, () => {
    let tested: BillingHostUnderTest;
    beforeAll(async () => {
      tested = await start();
    });
    afterAll(() => tested.close());

    const load = (reference: TaxDocumentReference) => tested.inContext(() => tested.host.loadDocument(reference));
    const apply = (reference: TaxDocumentReference, taxes: DocumentTaxes) =>
      tested.inContext(() => tested.host.applyTaxes(reference, taxes));
    const taxesFor = async (reference: TaxDocumentReference): Promise<DocumentTaxes> => {
      const { document, version } = (await load(reference))!;
      const computed = await new FlatRateTaxStrategy({ rate: '0.07' }).estimate(document);
      const calculation = { ...computed, strategy: ANROK };
      return { calculation, version, transactionIds: [`t:${reference.id}`] };
    };

    it('knows its documents, and only those', async () => {
      const reference = await tested.finalDocument();
      const loaded = await load(reference);
      expect(loaded).toMatchObject({ standing: 'final', document: { kind: reference.kind, id: reference.id } });
      expect(loaded?.document.customer.id).toBe(reference.customerId);
      expect(await load({ ...reference, id: '00000000-0000-7000-8000-000000000000' })).toBeNull();
    });

    it('loads many at once as it loads each, in the order that was asked for', async () => {
      const documents = [await tested.finalDocument(), await tested.finalDocument(), await tested.finalDocument()];
      const [first, second, third] = documents as [TaxDocumentReference, TaxDocumentReference, TaxDocumentReference];
      await apply(second, await taxesFor(second));
      const nowhere = { ...first, id: '00000000-0000-7000-8000-000000000000' };
      const asked = [third, nowhere, first, { ...first, id: 'no id of this host' }, second, third];
      const loaded = await tested.inContext(() => tested.host.loadDocuments(asked));
      expect(loaded).toEqual(await Promise.all(asked.map(load)));
      expect(loaded.map((one) => one?.document.id)).toEqual([
        third.id,
        undefined,
        first.id,
        undefined,
        second.id,
        third.id,
      ]);
      expect(await tested.inContext(() => tested.host.loadDocuments([]))).toEqual([]);
    });

    it('tells of the tax in its books what was applied, if it tells of its books', async () => {
      const reference = await tested.finalDocument();
      const taxes = await taxesFor(reference);
      const { booked } = (await load(reference))!;
      if (!booked) return;
      expect(booked.taxAmount).toBeNull();
      await apply(reference, taxes);
      expect((await load(reference))?.booked?.taxAmount).toBe(taxes.calculation.taxAmountToCollect);
    });

    it('gives an unchanged document the same version, and a changed one another', async () => {
      const reference = await tested.finalDocument();
      const before = await load(reference);
      expect(await load(reference)).toEqual(before);
      await tested.change(reference);
      expect((await load(reference))?.version).not.toBe(before?.version);
    });

    it('takes the taxes of the version that it has, also twice', async () => {
      const reference = await tested.finalDocument();
      const taxes = await taxesFor(reference);
      expect(await apply(reference, taxes)).toBe('applied');
      expect((await load(reference))?.version).toBe(taxes.version);
      expect(await apply(reference, structuredClone(taxes))).toBe('applied');
    });

    it('finds the taxes of another version stale', async () => {
      const reference = await tested.finalDocument();
      const taxes = await taxesFor(reference);
      await tested.change(reference);
      expect(await apply(reference, taxes)).toBe('stale');
      expect(await apply(reference, await taxesFor(reference))).toBe('applied');
    });

    it('takes the taxes of many as it takes those of each, and answers in their order', async () => {
      const documents = [await tested.finalDocument(), await tested.finalDocument(), await tested.finalDocument()];
      const taxed: TaxedDocument[] = [];
      for (const document of documents.toReversed()) taxed.push({ document, taxes: await taxesFor(document) });
      await tested.change(documents[1]!);
      const applyAll = () => tested.inContext(() => tested.host.applyTaxesToMany(taxed));
      expect(await applyAll()).toEqual(['applied', 'stale', 'applied']);
      expect(await applyAll()).toEqual(['applied', 'stale', 'applied']);
      for (const { document, taxes } of taxed)
        expect(await apply(document, taxes)).toBe(document === documents[1] ? 'stale' : 'applied');
      expect(await tested.inContext(() => tested.host.applyTaxesToMany([]))).toEqual([]);
    });

    describe('lists its documents', () => {
      const list = async (limit: number, days: Pick<DocumentPageRequest, 'from' | 'to'> = {}) => {
        const listed: TaxDocumentReference[] = [];
        let page: DocumentPage | undefined;
        do {
          const request = { limit, ...days, ...(page?.next !== undefined && { after: page.next }) };
          page = await tested.inContext(() => tested.host.listDocuments(request));
          expect(page.documents.length).toBeLessThanOrEqual(limit);
          listed.push(...page.documents);
        } while (page.next !== undefined);
        return listed;
      };

      it.each([1, 2, 1_000])('all and each once, in pages of %i', async (limit) => {
        const wanted = [await tested.finalDocument(), await tested.finalDocument(), await tested.finalDocument()];
        await tested.change(wanted[0]!);
        const listed = await list(limit);
        expect(listed).toEqual(expect.arrayContaining(wanted));
        expect(new Set(listed.map(({ kind, id }) => `${kind}:${id}`)).size).toBe(listed.length);
      });

      it('of a time, its first and its last day included', async () => {
        const reference = await tested.finalDocument();
        const { accountingDate } = (await load(reference))!.document;
        const daysOff = (days: number) =>
          new Date(Date.parse(accountingDate) + days * 86_400_000).toISOString().slice(0, 10);
        const isListed = async (from: string, to: string) =>
          (await list(1_000, { from, to })).some(({ id }) => id === reference.id);
        expect(await isListed(accountingDate, accountingDate)).toBe(true);
        expect(await isListed(daysOff(1), daysOff(9))).toBe(false);
        expect(await isListed(daysOff(-9), daysOff(-1))).toBe(false);
      });
    });

    describe('shows its customers, or says that it does not:', () => {
      const list = async (limit: number, search?: string) => {
        const ids: string[] = [];
        let page: CustomerPage | undefined;
        do {
          const request = { limit, ...(search && { search }), ...(page?.next !== undefined && { after: page.next }) };
          page = await tested.inContext(() => tested.host.listCustomers(request));
          expect(page?.customers.length ?? 0).toBeLessThanOrEqual(limit);
          ids.push(...(page?.customers ?? []).map(({ id }) => id));
        } while (page?.next !== undefined);
        return page && ids;
      };

      it.each([1, 2, 1_000])('all and each once, in pages of %i', async (limit) => {
        const wanted = [await tested.finalDocument(), await tested.finalDocument()].map((one) => one.customerId);
        const listed = await list(limit);
        if (!listed) return;
        expect(listed).toEqual(expect.arrayContaining(wanted));
        expect(new Set(listed).size).toBe(listed.length);
      });

      it('by a part of their ids, in any case, and takes no letter for a wildcard', async () => {
        const { customerId } = await tested.finalDocument();
        const listed = await list(1_000, customerId.slice(1).toUpperCase());
        if (!listed) return;
        expect(listed).toContain(customerId);
        for (const nobody of ['%', '_', "'", 'nobody-of-that-name']) expect(await list(1_000, nobody)).toEqual([]);
      });

      it('one of them with its addresses and tax ids, and none where there is none', async () => {
        const reference = await tested.finalDocument();
        const shown = await tested.inContext(() => tested.host.loadCustomer(reference.customerId));
        if (shown) expect(shown).toEqual((await load(reference))?.document.customer);
        expect(await tested.inContext(() => tested.host.loadCustomer('nobody'))).toBeUndefined();
      });
    });

    describe('lists what it sells', () => {
      const list = async (limit: number, narrowed: Pick<ItemPageRequest, 'search' | 'type'> = {}) => {
        const listed: HostItem[] = [];
        let page: ItemPage | undefined;
        do {
          const request = { limit, ...narrowed, ...(page?.next !== undefined && { after: page.next }) };
          page = await tested.inContext(() => tested.host.listItems(request));
          expect(page.items.length).toBeLessThanOrEqual(limit);
          listed.push(...page.items);
        } while (page.next !== undefined);
        return listed;
      };
      const key = ({ type, id }: Pick<HostItem, 'type' | 'id'>) => JSON.stringify([type, id]);

      it.each([1, 2, 1_000])('each item once, in pages of %i, if it lists any', async (limit) => {
        await tested.finalDocument();
        const listed = (await list(limit)).map(key);
        expect(new Set(listed).size).toBe(listed.length);
        expect(listed.toSorted()).toEqual((await list(7)).map(key).toSorted());
      });

      it('the items of its documents too, if it lists any', async () => {
        const reference = await tested.finalDocument();
        const listed = (await list(1_000)).map(key);
        if (listed.length === 0) return;
        for (const { item } of (await load(reference))!.document.lines) expect(listed).toContain(key(item));
      });

      it('by type and by a part of their ids and names', async () => {
        const all = await list(1_000);
        for (const { type, id, name } of all) {
          expect((await list(3, { type })).map(key)).toEqual(all.filter((item) => item.type === type).map(key));
          const found = [await list(2, { search: id.toUpperCase() }), await list(2, { search: name.slice(1), type })];
          for (const items of found) expect(items.map(key)).toContain(key({ type, id }));
        }
        expect(await list(10, { search: '%' })).toEqual(all.filter((item) => `${item.id}${item.name}`.includes('%')));
        expect(await list(10, { type: 'no such type' })).toEqual([]);
      });
    });

    it('takes it that nothing is recorded of a document, any number of times, also of one that is gone', async () => {
      const reference = await tested.finalDocument();
      const confirm = (one: TaxDocumentReference) => tested.inContext(() => tested.host.confirmVoided(one));
      await confirm(reference);
      await expect(confirm(reference)).resolves.toBeUndefined();
      await expect(confirm({ ...reference, id: '00000000-0000-7000-8000-00000000000f' })).resolves.toBeUndefined();
    });

    it('takes a problem at any time, and taxes after it', async () => {
      const reference = await tested.finalDocument();
      const report = (problem: DocumentProblem) =>
        tested.inContext(() => tested.host.reportProblem(reference, problem));
      await report({ ...PROBLEM, next: 'retrying', retryAt: new Date() });
      await report(PROBLEM);
      await report({ ...PROBLEM, next: 'failed' });
      expect(await apply(reference, await taxesFor(reference))).toBe('applied');
      await expect(report(PROBLEM)).resolves.toBeUndefined();
      await expect(
        tested.inContext(() =>
          tested.host.reportProblem({ ...reference, id: '00000000-0000-7000-8000-00000000000f' }, PROBLEM),
        ),
      ).resolves.toBeUndefined();
    });
  });
}
