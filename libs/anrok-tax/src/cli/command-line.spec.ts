import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { anrokTaxCommandLine } from './command-line.js';
import { toDocument } from './commands/estimate.command.js';

const neverStarted = () => Promise.reject(new Error('the host was started'));

describe('the command line', () => {
  beforeEach(() => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    [['record', 'list', '--status', 'asleep'], /Allowed choices are pending, /],
    [['record', 'list', '--limit', '501'], /a whole number from 1 to 500/],
    [['record', 'show'], /missing required argument 'id'/],
    [['resync', '--status', 'failed,pending'], /Give some of failed, waiting/],
    [['resynch'], /unknown command 'resynch'[^]*Did you mean resync\?/],
    [['estimate'], /missing required argument 'file'/],
    [['mappings', 'import', 'anrok'], /missing required argument 'file'/],
    [['doctor', 'now'], /too many arguments/],
    [['doctor', '--jason'], /unknown option '--jason'[^]*Did you mean --json\?/],
  ])('refuses %j before the host is started', async (args, sentence) => {
    const program = anrokTaxCommandLine({ name: 'anrok-tax', host: neverStarted });
    await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow(sentence);
  });

  it('starts the host for what it understands', async () => {
    const program = anrokTaxCommandLine({ name: 'anrok-tax', host: neverStarted });
    await expect(program.parseAsync(['connections'], { from: 'user' })).rejects.toThrow('the host was started');
  });
});

describe('a document in a file', () => {
  const line = { id: 'one', item: { type: 'add_on', id: 'pro' }, amount: 100 };
  const document = { currency: 'USD', accountingDate: '2026-03-01', customer: { id: 'acme' }, lines: [line] };

  it('is taken as it is, with what it leaves out', () => {
    expect(toDocument('a.json', JSON.stringify(document))).toMatchObject({ ...document, kind: 'invoice' });
  });

  it.each([
    ['what is no JSON', '{"currency": ', /a\.json is not JSON: /],
    ['what is no object', '[]', /it holds no object/],
    ['nothing', 'null', /it holds no object/],
    ['a field that there is not', { ...document, discount: 1 }, /property discount should not exist/],
    [
      'an amount that is no whole number',
      { ...document, lines: [{ ...line, amount: 0.5 }] },
      /amount must be an integer/,
    ],
    ['an amount as a text', { ...document, lines: [{ ...line, amount: '100' }] }, /amount must be an integer/],
    ['lines that are none', { ...document, lines: {} }, /lines must be an array/],
    ['a customer that is none', { ...document, customer: 'acme' }, /customer/],
    ['a prototype', '{"__proto__": {"currency": "USD"}}', /no field may have a name/],
  ])('is refused for %s, which is named', (_, content, sentence) => {
    const json = typeof content === 'string' ? content : JSON.stringify(content);
    expect(() => toDocument('a.json', json)).toThrow(sentence);
  });
});
