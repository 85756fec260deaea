import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseVariables, HOST_COMMANDS, runCommand } from '../support/command-process.js';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { DENVER, HOST_ENCRYPTION_KEY, HostUnderTest } from '../support/host-under-test.js';

/** One host with two invoices, of which one waits for a mapping; the tests look at it, and the last ones mend it. */
describe('npm run host --', () => {
  let folder: string;
  let database: DatabaseOptions;
  let host: HostUnderTest;
  let synced: string;
  let waiting: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'commands-'));
    database = await emptyDatabase(path.join(folder, 'host.sqlite'));
    host = await HostUnderTest.start(database);
    await host.customer('acme', DENVER);
    await host.stock('workshop', 80_000);
    synced = (await host.invoice('acme', {})).lago_id;
    waiting = (await host.invoice('acme', { add_on_code: 'workshop' })).lago_id;
    // SQLite has one writer
    await host.app.close();
  });
  afterAll(async () => {
    await host.simulator.close();
    rmSync(folder, { recursive: true });
  });

  const run = (args: readonly string[], changes: Record<string, string> = {}) =>
    runCommand(HOST_COMMANDS, args, {
      cwd: folder,
      env: {
        ...databaseVariables(database),
        ANROK_BASE_URL: host.simulator.url,
        ANROK_ENCRYPTION_KEY: HOST_ENCRYPTION_KEY.toString('base64'),
        ...changes,
      },
    });
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever comes
  const json = async (...args: string[]): Promise<any> => {
    const { out, err } = await run([...args, '--json']);
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  };
  const file = (content: unknown) => {
    const name = path.join(folder, 'document.json');
    writeFileSync(name, typeof content === 'string' ? content : JSON.stringify(content));
    return name;
  };
  const document = {
    currency: 'USD',
    accountingDate: '2026-03-01',
    customer: { id: 'acme', billingAddress: { city: 'Denver', region: 'CO', postalCode: '80204', country: 'US' } },
    lines: [{ id: 'one', item: { type: 'add_on', id: 'pro' }, amount: 120_000 }],
  };

  it('doctor finds what is wrong, says what to do, and changes nothing', async () => {
    const before = host.simulator.calls.of('transactions.createOrUpdate').length;
    const [{ code, out, err }, { healthy, findings }] = await Promise.all([run(['doctor']), json('doctor')]);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^PROBLEM {2}mappings of anrok +Documents wait for the mapping of add_on "workshop"\.$/m);
    expect(out).toMatch(/^ +→ Map them to products that Anrok has/m);
    expect(out).toContain('1 problem, ');
    expect(out).not.toContain('\u{1b}');

    expect(healthy).toBe(false);
    const levels = findings.map(({ check, level }: { check: string; level: string }) => `${check}: ${level}`);
    expect(levels).toEqual(
      expect.arrayContaining([
        'setup: ok',
        'key of anrok: ok',
        'transactionList of anrok: ok',
        'mappings of anrok: problem',
        'backlog of anrok: warning',
        'clock: ok',
        'limits: ok',
        'worker: ok',
      ]),
    );
    expect(host.simulator.calls.of('transactions.createOrUpdate')).toHaveLength(before);
  });

  it('doctor finds a key that can not be decrypted, and other commands go on without it', async () => {
    const wrong = { ANROK_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64') };
    const [doctor, connections] = await Promise.all([run(['doctor'], wrong), run(['connections'], wrong)]);
    expect(doctor).toMatchObject({ code: 1, out: expect.stringMatching(/PROBLEM {2}key of anrok .*decrypted/) });
    expect(doctor.out).toContain('Start with the encryptionKey under which it was stored');
    expect(connections).toEqual({ code: 0, out: expect.stringMatching(/^anrok +Anrok +\S+•••• +open$/m), err: '' });
    expect(doctor.out + connections.out).not.toContain(host.simulator.apiKey);
  });

  it('doctor finds a key that Anrok refuses, and does not pause the connection for it', async () => {
    host.simulator.faults.next('productTaxCategories.list', { kind: 'status', status: 401 });
    expect((await run(['doctor'])).out).toMatch(/PROBLEM {2}key of anrok/);
    expect((await json('connections')).connections).toMatchObject([{ code: 'anrok', paused: false }]);
  });

  it('connections test pauses a connection whose key is refused, and lets it go on once it is not', async () => {
    host.simulator.faults.next('productTaxCategories.list', { kind: 'status', status: 401 });
    const refused = await run(['connections', 'test', 'anrok']);
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('(anrok_unauthorized)') });
    expect((await run(['doctor'])).out).toContain('Let it go on: anrok-tax connections test anrok');
    const taken = { code: 0, out: 'Anrok takes the key of "anrok".\n', err: '' };
    expect(await run(['connections', 'test', 'anrok'])).toEqual(taken);
  });

  it('doctor finds tables that are missing, and says which command makes them', async () => {
    const env: Record<string, string> = database.clientUrl
      ? { DATABASE_URL: database.clientUrl.replace(/\/[^/?]+(\?|$)/, '/postgres$1') }
      : { SQLITE_FILE: path.join(folder, 'empty.sqlite') };
    const { code, out } = await run(['doctor'], env);
    expect(code).toBe(1);
    expect(out).toMatch(/PROBLEM {2}setup +The table anrok_connection is missing.*npx mikro-orm migration:up/);
  });

  it('doctor says that the host does not start, and why', async () => {
    const { code, out } = await run(['doctor'], { FLAT_TAX_RATE: 'much' });
    expect(code).toBe(1);
    expect(out).toMatch(/It does not start: .*\n +FLAT_TAX_RATE: give a decimal/);
  });

  it('estimate prints lines, jurisdictions and totals to the cent, and records nothing', async () => {
    const name = file(document);
    const [text, exact] = await Promise.all([run(['estimate', name]), json('estimate', name)]);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(/^one +1200\.00 +\S.* \d+(\.\d+)? % +\d+\.\d\d$/m);
    expect(text.out).toMatch(/^Before tax +1200\.00 USD$/m);
    const total = /^Total +(\d+\.\d\d) USD$/m.exec(text.out)?.[1];
    expect(total).toBe((exact.totalAmount / 100).toFixed(2));
    expect(exact.taxAmountToCollect).toBeGreaterThan(0);
    expect(host.simulator.books.transactions()).toHaveLength(1);
  });

  it('estimate refuses a document that is none, in sentences that no terminal obeys', async () => {
    const refused = await run(['estimate', file({ ...document, '\u{1b}]0;owned\u{7}': 1 })]);
    expect(refused).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('\u{fffd}]0;owned\u{fffd} should not'),
    });
    expect(refused.err).toMatch(/^The request is not valid: .*\n.*\(invalid_request\)\n$/);
  });

  it('record shows where documents stand, what was tried and what to do', async () => {
    const [listed, shown, all] = await Promise.all([
      run(['record', 'list', '--status', 'waiting']),
      run(['record', 'show', waiting]),
      json('record', 'show', synced),
    ]);
    expect(listed.out).toMatch(new RegExp(`^invoice ${waiting} +waiting +\\S+Z +item_not_mapped$`, 'm'));
    expect(listed.out).not.toContain(synced);
    expect(shown.out).toMatch(/^Status +waiting$/m);
    expect(shown.out).toMatch(/^Problem +.*add_on "workshop".*\(item_not_mapped\)$/m);
    expect(shown.out).toMatch(/^Remedy +Map /m);
    const [{ status, transactions, attempts }] = all.records;
    expect({ status, transactions: transactions.length, attempts: attempts.length }).toEqual({
      status: 'synced',
      transactions: 1,
      attempts: 1,
    });
  });

  it.each([
    [['resync', '--from', 'yesterday'], /from must be a date like 2026-01-31/],
    [['estimate', 'not-there.json'], /not-there\.json can not be read/],
  ])('used wrongly, as %j, says so and ends with 2', async (args, sentence) => {
    expect(await run(args)).toEqual({ code: 2, out: '', err: expect.stringMatching(sentence) });
  });

  it('mappings check lists the items without a product', async () => {
    const { code, out } = await run(['mappings', 'check']);
    expect(code).toBe(1);
    expect(out).toMatch(/^anrok +add_on +workshop +workshop +none +1$/m);
    expect(out).not.toMatch(/\bpro\b/);
  });

  it('resync --dry-run says what it would do, and does nothing', async () => {
    const [plan, text] = [await json('resync', '--dry-run'), await run(['resync', '--dry-run'])];
    expect(plan).toMatchObject({ documents: 1, byAction: { blocked: 1 }, blocked: { item_not_mapped: {} } });
    expect(text.out).toMatch(/^1 × item_not_mapped: .*add_on "workshop"/m);
    expect(await run(['resync', '--dry-run', '--status', 'failed'])).toMatchObject({
      out: 'There is nothing to do.\n',
    });
  });

  it('resync --work tells how far it is, and ends with 1 while a document has no tax', async () => {
    const { code, out, err } = await run(['resync', '--work', '--connection', 'anrok']);
    expect(code).toBe(1);
    expect(err).toMatch(/^█+ {2}1 of 1 · 0 synced · 1 item_not_mapped$/m);
    expect(out).toMatch(/^The resync is completed: 1 done, 0 synced\.\n {2}1 × item_not_mapped/);
  });

  it('record retry makes it due, for those that work; the command itself works off nothing', async () => {
    expect(await run(['record', 'retry', waiting])).toMatchObject({
      code: 0,
      out: expect.stringContaining('due again'),
    });
    expect((await json('record', 'show', waiting)).records).toMatchObject([{ status: 'pending' }]);
    expect(await run(['record', 'retry', 'nothing-like-it'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('(sync_record_not_found)'),
    });
  });

  it('mappings come out as a file, and go in as one, or not at all; what waited for them is synced then', async () => {
    const exported = await run(['mappings', 'export', 'anrok']);
    expect(exported.out).toContain('"add_on","pro","pro","saas-business"\r\n');
    const line = 'add_on,workshop,,';
    const bad = await run(['mappings', 'import', 'anrok', file(`${exported.out}${line}\r\n,x,,y\r\n`)]);
    expect(bad).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^line 4: .*\n[^]*Nothing was imported/),
    });
    const good = await run(['mappings', 'import', 'anrok', file(`${exported.out}${line}saas-business\r\n`)]);
    expect(good).toEqual({ code: 0, out: '1 created, 0 changed, 2 as they were.\n', err: '' });

    // what is due is worked off with whatever else there is
    const worked = await run(['resync', '--work', '--status', 'synced']);
    expect(worked).toMatchObject({ code: 0, out: expect.stringContaining('The resync is completed') });
    expect((await json('record', 'show', waiting)).records).toMatchObject([{ status: 'synced' }]);
    expect(host.simulator.books.transactions()).toHaveLength(2);
  });
});
