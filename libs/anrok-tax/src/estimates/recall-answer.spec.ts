import { describe, expect, it } from '@jest/globals';
import type { QuestionLine } from './estimate-question.js';
import type { KnownLine } from './known-answer.js';
import { recallAnswer } from './recall-answer.js';

const line = (id: string, amount: number, kind = 'saas'): QuestionLine => ({ id, amount, taxIncluded: false, kind });
/** At 10 %, but for what is said otherwise. */
const known = (id: string, amount: number, kind = 'saas', tax = amount / 10): KnownLine => ({
  kind,
  taxIncluded: false,
  amount,
  answer: {
    id,
    taxAmountToCollect: tax,
    preTaxAmount: String(amount),
    jurises: [
      {
        name: 'State',
        taxes: [{ taxName: 'Tax', taxRate: '0.1', taxableAmount: String(amount), taxAmount: String(tax) }],
        notTaxedReason: null,
      },
    ],
  },
});
const taxes = (lines: readonly KnownLine[], asked: readonly QuestionLine[]) =>
  recallAnswer({ lines }, { lines: asked })?.lineItems.map(({ id, taxAmountToCollect }) => [id, taxAmountToCollect]);

describe('an answer that is recalled', () => {
  it('is the known one itself for the same lines in the same amounts, in whatever order', () => {
    const lines = [known('a', 1_000), known('b', 2_000)];
    const recalled = recallAnswer({ lines }, { lines: [line('b', 2_000), line('a', 1_000)] });
    expect(recalled).toEqual({
      lineItems: [lines[1]!.answer, lines[0]!.answer],
      taxAmountToCollect: 300,
      isSame: true,
    });
  });

  it.each([
    ['another amount', [line('a', 1_010), line('b', 2_000)]],
    ['a line less', [line('a', 1_000)]],
    ['a line more', [line('a', 1_000), line('b', 2_000), line('c', 500)]],
    ['another id', [line('a', 1_000), line('c', 2_000)]],
  ])('is not the known one with %s', (_, asked) => {
    expect(recallAnswer({ lines: [known('a', 1_000), known('b', 2_000)] }, { lines: asked })?.isSame).toBe(false);
  });

  it('puts no line’s tax on another one when amounts change places: lines are matched by id', () => {
    const lines = [known('a', 1_000), known('b', 2_000)];
    expect(taxes(lines, [line('a', 2_000), line('b', 1_000)])).toEqual([
      ['a', 200],
      ['b', 100],
    ]);
  });

  it('takes the rates of a line’s own kind, though its id stood for another', () => {
    const lines = [known('a', 1_000, 'saas'), known('b', 1_000, 'books', 0)];
    const exempt = { ...lines[1]!, answer: { ...lines[1]!.answer, jurises: [] } };
    expect(taxes([lines[0]!, exempt], [line('a', 1_000, 'books'), line('b', 1_000, 'saas')])).toEqual([
      ['a', 0],
      ['b', 100],
    ]);
  });

  it('takes the rates from the largest line of a kind, which tells them best', () => {
    expect(taxes([known('a', 1, 'saas', 0), known('b', 5_000)], [line('a', 300), line('b', 5_000)])).toEqual([
      ['a', 30],
      ['b', 500],
    ]);
  });

  it('keeps what was answered for a line as it is, though it rounds otherwise than its rates', () => {
    expect(taxes([known('a', 1_000, 'saas', 101), known('b', 2_000)], [line('a', 1_000), line('b', 4_000)])).toEqual([
      ['a', 101],
      ['b', 400],
    ]);
  });

  it('is none where any line can not be told', () => {
    expect(taxes([known('a', 1_000)], [line('a', 1_000), line('b', 10, 'books')])).toBeUndefined();
    expect(taxes([known('a', 1, 'saas', 0)], [line('a', 100_000)])).toBeUndefined();
  });
});
