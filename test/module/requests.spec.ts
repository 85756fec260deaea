import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerLink, TaxSyncRecord } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type BeforeApplicationShutdown, Injectable, Module } from '@nestjs/common';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

/** What a host still does while it shuts down: it answers the requests that are open. */
@Injectable()
class OpenRequest implements BeforeApplicationShutdown {
  answer: () => Promise<unknown> = async () => {};

  async beforeApplicationShutdown(): Promise<void> {
    await this.answer();
  }
}

@Module({ providers: [OpenRequest] })
class OpenRequestsModule {}

describe('the host’s events', () => {
  it('are heard to the end, also of requests that are answered while the application shuts down', async () => {
    const tested = await startModule({}, { imports: [OpenRequestsModule] });
    const left: string[] = [];
    tested.app.get(OpenRequest, { strict: false }).answer = async () => {
      await tested.events.emitAsync('invoice.finalized', { invoiceId: 'inv-9', customerId: 'cus-1' });
      left.push(...(await tested.records.list()).records.map((record) => record.documentId));
    };
    await tested.close();
    expect(left).toEqual(['inv-9']);
  });

  it('have the names and payloads that the host gave them', async () => {
    const tested = await startModule({
      events: {
        invoiceFinalized: {
          name: 'billing.issued',
          subject: ({ doc, draft }: { doc: string; draft?: boolean }) =>
            draft ? undefined : { kind: 'invoice' as const, id: doc, customerId: 'cus-1' },
        },
      },
    });
    await tested.events.emitAsync('billing.issued', { doc: 'inv-7' });
    await tested.events.emitAsync('billing.issued', { doc: 'inv-8', draft: true });
    await tested.events.emitAsync('invoice.finalized', { invoiceId: 'inv-9', customerId: 'cus-1' });
    const { records } = await tested.records.list();
    expect(records.map((record) => record.documentId)).toEqual(['inv-7']);
    await tested.close();
  });
});

describe('a request to sync', () => {
  let tested: ModuleUnderTest;
  beforeAll(async () => {
    tested = await startModule();
  });
  afterAll(() => tested.close());
  beforeEach(() => tested.orm.em.fork().nativeDelete(TaxSyncRecord, {}));

  const finalized = { invoiceId: 'inv-1', customerId: 'cus-1' };
  const records = () => tested.orm.em.fork().find(TaxSyncRecord, {}, { orderBy: { documentId: 'asc' } });
  const inTransaction = (work: () => unknown) => tested.orm.em.fork().transactional(async () => work());

  it.each([
    ['emitAsync', () => tested.events.emitAsync('invoice.finalized', finalized)],
    ['emit, which awaits nobody', () => void tested.events.emit('invoice.finalized', finalized)],
    ['TaxSyncService', () => tested.sync.request({ kind: 'invoice', id: 'inv-1', customerId: 'cus-1' })],
    ['TaxStrategy.settle', () => tested.strategy.settle(anInvoice())],
  ])('commits and rolls back with the transaction in which it is made, by %s', async (_, request) => {
    const broken = inTransaction(async () => {
      await request();
      throw new Error('the host changes its mind');
    });
    await expect(broken).rejects.toThrow('the host changes its mind');
    expect(await records()).toEqual([]);

    await inTransaction(request);
    expect(await records()).toEqual([
      expect.objectContaining({ documentKind: 'invoice', documentId: 'inv-1', status: 'pending', revision: 1 }),
    ]);
  });

  it('is not visible to anybody before the commit', async () => {
    let seen: TaxSyncRecord[] = [];
    await inTransaction(async () => {
      await tested.events.emitAsync('invoice.finalized', finalized);
      seen = await tested.orm.em.find(TaxSyncRecord, {});
    });
    expect(seen).toEqual([]);
    expect(await records()).toHaveLength(1);
  });

  it('made in a savepoint is forgotten with it, and kept with the rest', async () => {
    await tested.orm.em.fork().transactional(async (em) => {
      await tested.events.emitAsync('invoice.finalized', { ...finalized, invoiceId: 'kept-1' });
      const undone = em.transactional(async () => {
        await tested.events.emitAsync('invoice.finalized', { ...finalized, invoiceId: 'undone' });
        throw new Error('savepoint');
      });
      await expect(undone).rejects.toThrow('savepoint');
      await em.transactional(async (inner) => {
        await inner.transactional(async () =>
          tested.events.emitAsync('invoice.finalized', { ...finalized, invoiceId: 'kept-2' }),
        );
      });
    });
    expect((await records()).map((record) => [record.documentId, record.revision])).toEqual([
      ['kept-1', 1],
      ['kept-2', 1],
    ]);
  });

  it('needs no transaction of the host', async () => {
    await tested.events.emitAsync('invoice.finalized', finalized);
    expect(await records()).toHaveLength(1);
  });

  it('is made once, however many doors it comes through', async () => {
    await inTransaction(async () => {
      await tested.strategy.settle(anInvoice());
      await tested.events.emitAsync('invoice.finalized', finalized);
      await tested.events.emitAsync('invoice.finalized', finalized);
    });
    expect(await records()).toEqual([expect.objectContaining({ revision: 1 })]);
  });

  it('raises the revision when it comes again', async () => {
    for (let times = 0; times < 3; times++) await tested.events.emitAsync('invoice.finalized', finalized);
    expect(await records()).toEqual([expect.objectContaining({ revision: 3, status: 'pending' })]);
  });

  it('leaves no trace for a customer without a link', async () => {
    await tested.events.emitAsync('invoice.finalized', { invoiceId: 'inv-2', customerId: 'nobody' });
    expect(await records()).toEqual([]);
  });

  it('fails the host’s commit where a settled document’s customer has been unlinked meanwhile', async () => {
    const settled = inTransaction(async () => {
      expect(await tested.strategy.settle(anInvoice())).toEqual({ status: 'accepted' });
      await tested.links.unlink('cus-1');
    });
    await expect(settled).rejects.toMatchObject({ code: 'customer_not_linked' });
    expect(await records()).toEqual([]);
    expect(await tested.orm.em.fork().count(CustomerLink, { customerId: 'cus-1' })).toBe(1);
  });

  it('fails the host’s commit when it can not be written, rather than getting lost', async () => {
    const unwritable = inTransaction(() =>
      tested.events.emitAsync('invoice.finalized', { ...finalized, invoiceId: null }),
    );
    await expect(unwritable).rejects.toThrow(/document_?id/i);
    expect(await records()).toEqual([]);
  });

  it('survives many at once for the same documents', async () => {
    const requests = Array.from({ length: 20 }, (_, index) =>
      inTransaction(async () => {
        const order = index % 2 === 0 ? ['inv-1', 'inv-2'] : ['inv-2', 'inv-1'];
        for (const invoiceId of order) await tested.events.emitAsync('invoice.finalized', { ...finalized, invoiceId });
      }),
    );
    await Promise.all(requests);
    expect((await records()).map((record) => record.revision)).toEqual([20, 20]);
  });
});
