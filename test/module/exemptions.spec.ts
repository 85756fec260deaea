import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AnrokCallFailedError,
  type Certificate,
  CustomerCertificateService,
  FeatureNotEnabledError,
  type NewCertificate,
} from '@anrok-nest/module';
import type { Fault } from '@anrok-nest/simulator';
import { TaxError } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const CONTENTS = 'the customer resells everything';
const aCertificate = (certificate: Partial<NewCertificate> = {}): NewCertificate => ({
  customerId: 'cus-1',
  customerName: 'Acme Inc',
  file: { name: 'certificate.pdf', contents: Buffer.from(CONTENTS) },
  effectiveFrom: '2026-01-01',
  jurisdictions: [{ id: 'us-CO' }],
  ...certificate,
});

describe('the certificates of a customer', () => {
  let tested: ModuleUnderTest;
  let certificates: CustomerCertificateService;
  beforeEach(async () => {
    tested = await startModule({ requestTimeoutMs: 600 });
    certificates = tested.app.get(CustomerCertificateService);
  });
  afterEach(() => tested.close());

  const twoLines = anInvoice({ lines: [aLine(), aLine({ id: 'line-2', amount: 2_500, taxIncluded: true })] });
  const estimate = async () => tested.strategy.estimate(twoLines);
  const listed = async (customerId = 'cus-1', filter = {}) => {
    const all: Certificate[] = [];
    for await (const one of certificates.list(customerId, filter)) all.push(one);
    return all;
  };
  const linkToExisting = async () => {
    const anrokCustomerId = 'acme-at-anrok';
    await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId });
    return anrokCustomerId;
  };
  /** A document that waits for its customer. */
  const waiting = async (customerId = 'cus-1') => {
    const { billingAddress: _, ...homeless } = anInvoice().customer;
    await tested.finalize(anInvoice({ id: `of-${customerId}`, customer: { ...homeless, id: customerId } }));
    expect((await tested.recordOf(`of-${customerId}`)).status).toBe('waiting');
  };
  const isDue = async (customerId = 'cus-1') => (await tested.recordOf(`of-${customerId}`)).status === 'pending';

  it('exempt it in what is estimated and in what is recorded, with the reason on every line', async () => {
    const { isNew } = await certificates.create(aCertificate());
    expect(isNew).toBe(true);
    const invoice = await tested.finalize(twoLines);
    for (const { taxAmountToCollect, lines } of [await estimate(), tested.host.taxesOf(invoice)!.calculation]) {
      expect(taxAmountToCollect).toBe(0);
      for (const line of lines)
        expect(line.jurisdictions).toContainEqual(
          expect.objectContaining({ name: 'Denver (local)', treatment: 'notTaxed', notTaxedReason: 'customerExempt' }),
        );
    }
    expect(tested.simulator.books.netTaxOf(() => true)).toBe(0);
  });

  it('exempt it no more once they are archived; what is recorded stays as it was', async () => {
    const { id } = await certificates.create(aCertificate());
    await tested.finalize(twoLines);
    await certificates.archive('cus-1', id);
    expect((await estimate()).taxAmountToCollect).toBe(481);
    const later = await tested.finalize({ ...twoLines, id: 'inv-2' });
    expect(tested.host.taxesOf(later)?.calculation.taxAmountToCollect).toBe(481);
    expect(tested.simulator.books.transaction('host:invoice:inv-1')?.taxAmountToCollect).toBe(0);
    await certificates.archive('cus-1', id);
    expect(await listed()).toEqual([expect.objectContaining({ id, status: 'archived' })]);
  });

  it('are kept under the host’s own customer id where Anrok creates the customer, with its name', async () => {
    expect(await listed()).toEqual([]);
    await certificates.create(aCertificate());
    expect(tested.simulator.books.customers()).toEqual([{ id: 'cus-1', name: 'Acme Inc' }]);
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'anrok' });
    await certificates.create(aCertificate({ customerId: 'cus-2', customerName: ' ' }));
    expect(tested.simulator.books.customers()).toContainEqual({ id: 'cus-2', name: 'cus-2' });
  });

  it('are kept for the customer that Anrok has, where one is linked, and show under the host’s id', async () => {
    const anrokCustomerId = await linkToExisting();
    await tested.finalize(anInvoice());
    const { id } = await certificates.create(aCertificate({ exemptionNumber: 'E-1' }));
    expect(tested.simulator.books.certificates()).toMatchObject([{ id, customerId: anrokCustomerId }]);
    expect(await certificates.get('cus-1', id)).toEqual({
      id,
      customerId: 'cus-1',
      status: 'active',
      createdAt: tested.clock.now(),
      effectiveFrom: '2026-01-01',
      expiresOn: null,
      exemptionNumber: 'E-1',
      notes: '',
      jurisdictions: [{ id: 'us-CO', registrationId: '', expiresOn: null, notes: '' }],
    });
    expect((await estimate()).taxAmountToCollect).toBe(0);
  });

  it('are never the reason to create a customer under a mistaken link', async () => {
    await linkToExisting();
    const refused = { code: 'anrok_customer_id_not_found', remedy: expect.anything() };
    await expect(certificates.create(aCertificate())).rejects.toMatchObject({ problem: refused });
    await expect(listed()).rejects.toMatchObject({ problem: refused });
    const request = certificates.request({ customerId: 'cus-1', emailAddress: 'tax@acme.com' });
    await expect(request).rejects.toMatchObject({ problem: refused });
    expect(tested.simulator.books.customers()).toEqual([]);
  });

  it('are listed page after page, of one status if wanted, and never another customer’s', async () => {
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'anrok' });
    await certificates.create(aCertificate({ customerId: 'cus-2' }));
    for (let index = 0; index < 101; index++) await certificates.create(aCertificate({ notes: `number ${index}` }));
    const soon = [{ id: 'us-CO', expiresOn: '2026-04-01' } as const];
    const { id } = await certificates.create(aCertificate({ jurisdictions: soon }));
    expect((await listed()).map(({ customerId }) => customerId)).toEqual(Array.from({ length: 102 }, () => 'cus-1'));
    expect(await listed('cus-1', { status: 'expiringSoon' })).toEqual([
      expect.objectContaining({ id, expiresOn: '2026-04-01', status: 'expiringSoon' }),
    ]);
    const missing = { code: 'certificate_not_found' };
    await expect(certificates.get('cus-2', id)).rejects.toMatchObject(missing);
    await expect(certificates.archive('cus-2', id)).rejects.toMatchObject(missing);
    await expect(certificates.get('cus-1', 'none')).rejects.toMatchObject(missing);
    expect(await certificates.get('cus-1', id)).toMatchObject({ status: 'expiringSoon' });
  });

  const lost: [string, Fault, string][] = [
    ['resets the connection', { kind: 'loseAnswer', by: 'reset' }, 'anrok_network_error'],
    ['never answers', { kind: 'loseAnswer', by: 'timeout' }, 'anrok_timeout'],
    ['answers 502', { kind: 'loseAnswer', by: 'status' }, 'anrok_server_error'],
  ];
  it.each(lost)('are there once, also when Anrok keeps one and %s', async (_, fault, code) => {
    await waiting();
    tested.simulator.faults.next('certificates.create', fault);
    await expect(certificates.create(aCertificate())).rejects.toMatchObject({ code, problem: { retry: 'later' } });
    expect(await isDue()).toBe(true);
    const { id, isNew } = await certificates.create(aCertificate());
    expect({ isNew, all: await listed() }).toEqual({ isNew: false, all: [expect.objectContaining({ id })] });
  });

  it('are another one when anything but the file differs, or the first is archived', async () => {
    const { id } = await certificates.create(aCertificate());
    const places = [{ id: 'us-TX' }, { id: 'us-CO', expiresOn: '2030-01-01' }] as const;
    for (const change of [{ effectiveFrom: '2026-02-01' }, { exemptionNumber: 'E' }, { jurisdictions: places }])
      expect(await certificates.create(aCertificate(change))).toMatchObject({ isNew: true });
    const turned = aCertificate({ jurisdictions: places.toReversed() });
    expect(await certificates.create(turned)).toMatchObject({ isNew: false });
    const rescanned = aCertificate({ file: { name: 'better.png', contents: Buffer.from('better') } });
    expect(await certificates.create(rescanned)).toEqual({ id, isNew: false });
    await certificates.archive('cus-1', id);
    expect(await certificates.create(rescanned)).toMatchObject({ isNew: true });
  });

  it('make documents due that waited for the customer, and for nobody else', async () => {
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'anrok' });
    await waiting('cus-1');
    await waiting('cus-2');
    const { id } = await certificates.create(aCertificate());
    expect([await isDue('cus-1'), await isDue('cus-2')]).toEqual([true, false]);
    await tested.worker.drain();
    expect(await isDue()).toBe(false);
    await certificates.archive('cus-1', id);
    expect(await isDue()).toBe(true);
    await tested.worker.drain();
    await expect(certificates.create(aCertificate({ jurisdictions: [] }))).rejects.toThrow(AnrokCallFailedError);
    expect(await isDue()).toBe(false);
  });

  it('are those of every customer of the host that is the same one at Anrok', async () => {
    const anrokCustomerId = await linkToExisting();
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'anrok', anrokCustomerId });
    await tested.finalize(anInvoice());
    await waiting('cus-2');
    await certificates.create(aCertificate());
    expect(await isDue('cus-2')).toBe(true);
    expect(await listed('cus-2')).toEqual([expect.objectContaining({ customerId: 'cus-2' })]);
  });

  it('are asked of the customer, by e-mail or by a link', async () => {
    const asked = { customerId: 'cus-1', emailAddress: 'tax@acme.com' };
    const { id, link } = await certificates.request(asked);
    expect(link).toMatch(/^https:/);
    await certificates.request({ ...asked, sendEmail: false });
    expect(tested.simulator.books.certificateRequests()).toMatchObject([
      { id, customerId: 'cus-1', emailAddress: 'tax@acme.com', sendEmail: true },
      { sendEmail: false },
    ]);
    await expect(certificates.request({ ...asked, emailAddress: 'acme' })).rejects.toMatchObject({
      code: 'anrok_invalid_email_address',
    });
    tested.simulator.setFeatures({ certificateRequests: false });
    const refused = certificates.request(asked);
    await expect(refused).rejects.toBeInstanceOf(FeatureNotEnabledError);
    await expect(refused).rejects.toMatchObject({
      code: 'anrok_feature_not_enabled_on_account',
      problem: { details: { feature: 'certificateRequests', connection: 'anrok' }, retry: 'after-fix' },
    });
  });

  const operations: [string, string, () => Promise<unknown>][] = [
    ['create', 'certificates.create', () => certificates.create(aCertificate())],
    ['get', 'certificates.get', () => certificates.get('cus-1', 'ctec00000001')],
    ['list', 'certificates.list', () => listed()],
    ['archive', 'certificates.archive', () => certificates.archive('cus-1', 'ctec00000001')],
    [
      'request',
      'certificateRequests.create',
      () => certificates.request({ customerId: 'cus-1', emailAddress: 'a@b.co' }),
    ],
  ];
  const failures: [string, Fault][] = [
    ['anrok_server_error', { kind: 'status', status: 500 }],
    ['anrok_timeout', { kind: 'timeout' }],
    ['anrok_bad_request', { kind: 'status', status: 400, body: 'Request body: no.' }],
    ['anrok_conflict_unknown', { kind: 'status', status: 409, body: { type: 'moonNotFull' } }],
    // the last one: the client keeps away from Anrok for as long as it asks
    ['anrok_rate_limited', { kind: 'status', status: 429, headers: { 'Retry-After': '40' } }],
  ];
  it.each(operations)('%s: whatever Anrok answers is one of our errors, with a remedy', async (_, operation, call) => {
    await certificates.create(aCertificate({ notes: 'another' }));
    for (const [code, fault] of failures) {
      tested.simulator.faults.next(operation as 'certificates.create', fault);
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TaxError);
      expect(error).toMatchObject({ code, problem: { remedy: expect.stringMatching(/./) } });
    }
  });

  it('are refused to a customer without a link, before Anrok is asked', async () => {
    const stranger = 'stranger';
    const calls: (() => Promise<unknown>)[] = [
      () => certificates.create(aCertificate({ customerId: stranger })),
      () => certificates.get(stranger, 'ctec00000001'),
      () => listed(stranger),
      () => certificates.archive(stranger, 'ctec00000001'),
      () => certificates.request({ customerId: stranger, emailAddress: 'a@b.co' }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'customer_not_linked' });
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('leave their files at Anrok only: not in an error, a log or a row', async () => {
    const said: unknown[] = [];
    const say = (...words: unknown[]) => said.push(...words);
    tested.app.useLogger({ log: say, error: say, warn: say, debug: say, verbose: say });
    const base64 = Buffer.from(CONTENTS).toString('base64');
    const echo = JSON.stringify({ certificateFile: { contentsBase64: base64 } });
    const faults: Fault[] = [{ kind: 'status', status: 400, body: echo }, ...failures.map(([, fault]) => fault)];
    await certificates.create(aCertificate({ notes: 'another' }));
    for (const fault of faults) {
      tested.simulator.faults.next('certificates.create', fault);
      const error: unknown = await certificates.create(aCertificate()).catch((thrown: unknown) => thrown);
      said.push(JSON.stringify(error), inspect(error, { depth: 20, showHidden: true }));
    }
    const tables = ['anrok_sync_record', 'anrok_sync_attempt', 'anrok_customer_link', 'anrok_transaction'];
    for (const table of tables) said.push(await tested.orm.em.fork().getConnection().execute(`select * from ${table}`));
    const everything = inspect(said, { depth: 20, maxStringLength: null, maxArrayLength: null });
    expect(everything).toContain('anrok_bad_request');
    expect(everything).not.toContain(base64.slice(0, 20));
    expect(everything).not.toContain(CONTENTS);
  });
});
