import { z } from 'zod';
import { type Filing, filingsOf, lastDayOf } from '../books/filings.js';
import { pageOf } from '../books/paging.js';
import { jurisId, listBody } from '../schema/paging.schema.js';
import type { IsoDate } from '../tax/jurisdiction.js';
import { Conflict } from '../wire/conflict.js';
import { defineOperation } from './operation.js';

/** A year, a month or a day, or two of them with `..` between. */
const periodRange = z.string().superRefine((text, context) => {
  const range = toRange(text);
  if (!range) context.addIssue({ code: 'custom', message: 'Expected a period like "2026", "2026-01..2026-03".' });
  else if (range.begin > range.end) context.addIssue({ code: 'custom', message: 'The period begins after its end.' });
});

const filter = z.strictObject({ jurisId: jurisId.optional(), periodEndDateRangeInclusive: periodRange.optional() });
type Filter = z.output<typeof filter>;

export const listFilings = defineOperation({
  name: 'filings.list',
  path: 'filings/list',
  refusesIn: 'text',
  body: listBody(filter, { default: 10, max: 100 }),
  run(request, { books, features }) {
    if (!features.listFilings) return new Conflict('listFilingsApiNotEnabled');
    const page = pageOf<Filing, Filter>(
      {
        list: `filings of ${books.sellerId}`,
        filter,
        keyOf: ({ period, jurisId: id }) => `${period.endInclusive} ${id}`,
        select: (chosen) => filingsOf(books.transactions.all()).filter((filing) => matches(filing, chosen)),
      },
      request,
    );
    if (page instanceof Conflict) return page;
    return { filings: page.items, nextCursor: page.nextCursor, hasMore: page.hasMore };
  },
});

function matches(filing: Filing, chosen: Filter = {}): boolean {
  if (chosen.jurisId !== undefined && filing.jurisId !== chosen.jurisId) return false;
  const range = toRange(chosen.periodEndDateRangeInclusive ?? '');
  const end = filing.period.endInclusive;
  return !range || (range.begin <= end && end <= range.end);
}

function toRange(text: string): { readonly begin: IsoDate; readonly end: IsoDate } | undefined {
  const periods = text.split('..').map(toPeriod);
  const [first, last] = [periods[0], periods.at(-1)];
  return first && last && periods.length <= 2 ? { begin: first.begin, end: last.end } : undefined;
}

function toPeriod(text: string): { readonly begin: IsoDate; readonly end: IsoDate } | undefined {
  if (/^\d{4}$/.test(text)) return { begin: `${text}-01-01`, end: `${text}-12-31` };
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return { begin: `${text}-01`, end: lastDayOf(text) };
  return z.iso.date().safeParse(text).success ? { begin: text, end: text } : undefined;
}
