import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { ItemMapping } from './item-mapping.js';
import { flawsOf, readKey, writeKey } from './mapping-notation.js';

const COLUMNS = ['item_type', 'item_id', 'item_name', 'product_external_id'] as const;
const REQUIRED = ['item_type', 'item_id', 'product_external_id'] as const;

/** In characters. An export's are far shorter. */
const LONGEST_LINE = 100_000;

export interface MappingLine {
  /** In the file, from 1. */
  readonly line: number;
  readonly mapping: ItemMapping;
}

/** Why a line can't be taken, as a sentence without its full stop. */
export interface LineFlaw {
  readonly line: number;
  readonly reason: string;
}

/**
 * A mapping table for a spreadsheet: UTF-8 with its mark, a header, and no cell that a spreadsheet would calculate.
 * `readMappingCsv` gives the same table back.
 *
 * @param nameOf what people call an item; empty when nobody knows
 */
export function toMappingCsv(mappings: readonly ItemMapping[], nameOf: (mapping: ItemMapping) => string = () => '') {
  const rows = mappings.map((mapping) => {
    const { itemType, itemId = '' } = writeKey(mapping);
    return [itemType, itemId, nameOf(mapping), mapping.productExternalId].map(withoutFormula);
  });
  const form = { header: true, columns: [...COLUMNS], bom: true, quoted_string: true, record_delimiter: '\r\n' };
  return stringify(rows, form);
}

/**
 * Reads a mapping table: with a header, separated by commas, semicolons or tabs. Names and other columns are passed
 * over. An item that stands twice is a flaw.
 */
export function readMappingCsv(csv: string): { readonly lines: readonly MappingLine[]; readonly flaws: LineFlaw[] } {
  let records: readonly Record[];
  try {
    records = toRecords(csv);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const tooLong = error.code === 'CSV_MAX_RECORD_SIZE' && `the line has more than ${LONGEST_LINE} characters`;
    return { lines: [], flaws: [{ line: Number(error['lines'] ?? 1), reason: tooLong || lowerFirst(error.message) }] };
  }
  const [header, ...rows] = records;
  const names = header?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0)
    return {
      lines: [],
      flaws: [{ line: 1, reason: `the header lacks the column ${missing.join(' and the column ')}` }],
    };

  const columns = REQUIRED.map((name) => names.indexOf(name));
  const lines: MappingLine[] = [];
  const flaws: LineFlaw[] = [];
  const seen = new Map<string, number>();
  for (const { line, cells } of rows) {
    const [itemType, itemId, productExternalId] = columns.map((column) => withFormula(cells[column] ?? ''));
    const mapping = {
      ...readKey({ itemType: itemType!, ...(itemId !== '' && { itemId: itemId! }) }),
      productExternalId: productExternalId!,
    };
    const key = JSON.stringify([mapping.itemType, mapping.itemId]);
    const before = seen.get(key);
    const reasons = [
      ...(cells.length === names.length ? [] : [`there are ${cells.length} cells under ${names.length} columns`]),
      ...(itemId === '*' ? ['for all items of the type, leave the item id empty'] : []),
      ...(itemType === '*' ? ['the fallback is written as fallback'] : flawsOf(mapping)),
      ...(before === undefined ? [] : [`the item stands on line ${before} already`]),
    ];
    seen.set(key, before ?? line);
    if (reasons.length > 0) flaws.push({ line, reason: reasons.join('; ') });
    else lines.push({ line, mapping });
  }
  return { lines, flaws };
}

interface Record {
  /** Where it begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Without those that are empty. */
function toRecords(csv: string): Record[] {
  const parsed = parse(csv, {
    bom: true,
    delimiter: delimiterOf(csv),
    info: true,
    // what a line costs grows with the columns of the header
    max_record_size: LONGEST_LINE,
    raw: true,
    relax_column_count: true,
  }) as unknown as readonly { record: string[]; raw: string }[];
  const records: Record[] = [];
  let line = 1;
  for (const { record: cells, raw } of parsed) {
    if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells });
    // the parser's own count takes a line break within quotes for two
    line += 1 + (raw.replaceAll(/^[\r\n]+|(?<![\r\n])[\r\n]+$/g, '').match(/\r\n|\r|\n/g)?.length ?? 0);
  }
  return records;
}

/** Spreadsheets write what their country writes; the header has none of these in its names. */
function delimiterOf(csv: string): string {
  const header = csv.slice(0, csv.search(/[\r\n]|$/));
  return ['\t', ';'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

/** An apostrophe before what a spreadsheet would calculate, and before such as have one already. */
function withoutFormula(cell: string): string {
  return /^'*[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function withFormula(cell: string): string {
  return /^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
