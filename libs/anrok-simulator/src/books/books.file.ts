import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { BooksData } from './seller.books.js';

const FORMAT = 1;
const records = z.array(z.looseObject({}));
const fileContent = z.object({
  format: z.literal(FORMAT),
  sellers: z.array(
    z.object({
      sellerId: z.string(),
      transactions: records,
      customers: records,
      products: records,
      certificates: records,
      certificateRequests: records,
      productMappings: records,
    }),
  ),
});

export type SellerData = BooksData & { readonly sellerId: string };

/** All sellers' books; none where there is no file yet. @throws Error when the file holds something else */
export function readBooks(file: string): readonly SellerData[] {
  if (!fs.existsSync(file)) return [];
  const content = fileContent.safeParse(parsed(fs.readFileSync(file, 'utf8')));
  if (!content.success) throw new Error(`${file} holds no books of this simulator (format ${FORMAT}).`);
  return content.data.sellers as unknown as readonly SellerData[];
}

/**
 * Replaces the file in one step, so that whoever kills the process finds either the old books or the new ones.
 * Synchronous: nothing else can be committed or answered in between.
 */
export function writeBooks(file: string, sellers: readonly SellerData[]): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.tmp`;
  fs.writeFileSync(draft, `{"format":${FORMAT},"sellers":[${sellers.map(sellerText).join(',\n')}]}\n`);
  fs.renameSync(draft, file);
}

function sellerText({ sellerId, ...registers }: SellerData): string {
  const fields = Object.entries<readonly object[]>(registers).map(
    ([name, entries]) => `"${name}":[\n${entries.map(recordText).join(',\n')}]`,
  );
  return `{"sellerId":${JSON.stringify(sellerId)},${fields.join(',')}}`;
}

/** Records never change in place, so that each is written out once, however often the file is. */
const texts = new WeakMap<object, string>();
function recordText(entry: object): string {
  const text = texts.get(entry) ?? JSON.stringify(entry);
  texts.set(entry, text);
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
