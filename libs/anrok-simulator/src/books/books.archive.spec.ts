import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startAnrokSimulator } from '../index.js';
import { aDocument, aTransaction } from '../testing/document.builder.js';
import { simulators } from '../testing/simulators.js';

const start = simulators();
let folder: string;
let dataFile: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anrok-simulator-'));
  dataFile = path.join(folder, 'deep', 'books.json');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const certificate = {
  customerId: 'cus-1',
  customerName: 'Acme Inc',
  effectiveDateBegin: '2026-01-01',
  certificateFile: { name: 'a.pdf', contentsBase64: 'Y2VydA==' },
  jurises: [{ jurisId: 'us-CO' }],
};

describe('a simulator with a data file', () => {
  it('has its books again after a restart, and goes on from there', async () => {
    const first = await start({ dataFile });
    await first.post('transactions/createOrUpdate', aTransaction('inv-1'));
    await first.post('transactions/createOrUpdate', aTransaction('inv-2'));
    await first.post('transactions/id:inv-2/void');
    await first.post('transactions/createNegation', { originalTransactionId: 'inv-1', newTransactionId: 'neg' });
    await first.post('certificates/create', certificate);
    await first.post('certificateRequests/create', { customerId: 'cus-1', emailAddress: 'a@b.example' });
    await first.post('products/create', {
      externalId: 'sku',
      taxCategoryId: { type: 'standard', id: 'saasBusiness' },
      name: 'S',
    });
    await first.post('integrations/id:simulator/productIdMapping/add', { sourceId: 'price_1', targetId: 'sku' });
    first.freeze({ before: '2027-01-01' });
    const everything = ({ books }: typeof first) => [
      books.transactions(),
      books.customers(),
      books.products(),
      books.certificates(),
      books.certificateRequests(),
    ];
    const before = everything(first);
    const listed = (await first.post('transactions/list')).body;
    await first.close();

    const second = await start({ dataFile });
    expect(everything(second)).toEqual(before);
    expect(before[0]).toHaveLength(3);
    expect((await second.post('transactions/list')).body).toEqual(listed);
    expect((await second.post('integrations/id:simulator/productIdMapping/list')).body).toEqual([{ price_1: 'sku' }]);
    expect((await second.post('transactions/createOrUpdate', aTransaction('inv-1'))).status).toBe(409);
    expect((await second.post('transactions/createOrUpdate', aTransaction('inv-2'))).body).toMatchObject({
      version: 3,
    });
    const { body } = await second.post<{ transactions: { id: string }[] }>('transactions/list');
    expect(body.transactions.at(-1)?.id).toBe('inv-2');
  });

  it('has written a freeze at once', async () => {
    const first = await start({ dataFile });
    await first.post('transactions/createOrUpdate', aTransaction('inv-1'));
    first.freezeTransaction('inv-1');
    const second = await start({ dataFile });
    expect(second.books.transaction('inv-1')?.frozen).toBe(true);
  });

  it('recognises unchanged content after a restart', async () => {
    const assumptions = { unchangedUpdate: 'sameVersion' } as const;
    const first = await start({ dataFile, assumptions });
    await first.post('transactions/createOrUpdate', aTransaction('inv-1'));
    const second = await start({ dataFile, assumptions });
    expect((await second.post('transactions/createOrUpdate', aTransaction('inv-1'))).body).toMatchObject({
      version: 1,
    });
  });

  it.each(['reset', 'status'] as const)('has written what was committed when the answer is lost by %s', async (by) => {
    const first = await start({ dataFile });
    first.faults.next('any', { kind: 'loseAnswer', by });
    await Promise.allSettled([first.post('transactions/createOrUpdate', aTransaction('inv-1'))]);
    // not closed: as if the process were gone
    const second = await start({ dataFile });
    expect(second.books.transaction('inv-1')).toMatchObject({ version: 1 });
  });

  it('has written before the answer leaves', async () => {
    const { post, faults } = await start({ dataFile });
    let written = '';
    faults.next('any', { kind: 'call', after: () => void (written = fs.readFileSync(dataFile, 'utf8')) });
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    expect(written).toContain('"inv-1"');
  });

  it('writes nothing where nothing changes, and leaves no draft behind', async () => {
    const { post } = await start({ dataFile });
    await post('transactions/createEphemeral', aDocument({ customerId: 'cus-1', customerName: 'Acme Inc' }));
    await post('transactions/id:nope/void');
    expect(fs.existsSync(dataFile)).toBe(false);
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    expect(fs.readdirSync(path.dirname(dataFile))).toEqual(['books.json']);
  });

  it('keeps the books of a seller whose key is gone for the day when it comes back', async () => {
    const apiKeys = ['one/k/secret.1', 'two/k/secret.2'];
    const both = await start({ dataFile, apiKeys });
    await both.post('transactions/createOrUpdate', aTransaction('inv-2'), { apiKey: 'two/k/secret.2' });
    const alone = await start({ dataFile, apiKeys: ['one/k/secret.1'] });
    await alone.post('transactions/createOrUpdate', aTransaction('inv-1'));
    const again = await start({ dataFile, apiKeys });
    expect([again.booksOf('one').transactions(), again.booksOf('two').transactions()]).toMatchObject([
      [{ id: 'inv-1' }],
      [{ id: 'inv-2' }],
    ]);
  });

  it.each(['', 'books', '{}', '{"format":2,"sellers":[]}', '{"format":1,"sellers":[{"sellerId":"one"}]}'])(
    'does not start on a file with %j in it, and leaves it alone',
    async (text) => {
      fs.mkdirSync(path.dirname(dataFile));
      fs.writeFileSync(dataFile, text);
      await expect(startAnrokSimulator({ dataFile })).rejects.toThrow('holds no books of this simulator');
      expect(fs.readFileSync(dataFile, 'utf8')).toBe(text);
    },
  );

  it('answers 500, not 200, when the file cannot be written', async () => {
    fs.writeFileSync(path.join(folder, 'deep'), 'in the way');
    const { post } = await start({ dataFile });
    expect(await post('transactions/createOrUpdate', aTransaction('inv-1'))).toMatchObject({
      status: 500,
      text: expect.stringContaining('The simulator failed: '),
    });
  });
});
