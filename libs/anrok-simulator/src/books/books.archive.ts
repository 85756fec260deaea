import type { Settings } from '../simulator.options.js';
import { readBooks, writeBooks } from './books.file.js';
import { SellerBooks } from './seller.books.js';

/** The books of all sellers, and the file that outlives the process. */
export class BooksArchive {
  private readonly sellers: ReadonlyMap<string, SellerBooks>;
  private readonly strangers: readonly SellerBooks[];
  private savedRevision: number;

  /** @throws Error when the file holds something else than books */
  constructor(private readonly settings: Pick<Settings, 'apiKeys' | 'dataFile' | 'products'>) {
    const saved = settings.dataFile === undefined ? [] : readBooks(settings.dataFile);
    const known = new Set(settings.apiKeys.map(sellerOf));
    const { products } = settings;
    this.sellers = new Map(
      [...known].map((sellerId) => {
        const data = saved.find((seller) => seller.sellerId === sellerId) ?? { products };
        return [sellerId, new SellerBooks(sellerId, data)];
      }),
    );
    // a seller without a key today still has books in the file tomorrow
    this.strangers = saved
      .filter(({ sellerId }) => !known.has(sellerId))
      .map((data) => new SellerBooks(data.sellerId, data));
    this.savedRevision = this.revision;
  }

  find(sellerId: string): SellerBooks | undefined {
    return this.sellers.get(sellerId);
  }

  /** Writes the file where anything changed. @throws Error when it can't be written; then the change is only in memory */
  save(): void {
    const { dataFile } = this.settings;
    if (dataFile === undefined || this.revision === this.savedRevision) return;
    writeBooks(
      dataFile,
      [...this.sellers.values(), ...this.strangers].map((books) => ({ sellerId: books.sellerId, ...books.data() })),
    );
    this.savedRevision = this.revision;
  }

  private get revision(): number {
    return [...this.sellers.values()].reduce((sum, books) => sum + books.revision, 0);
  }
}

/** The part of a key that names the account. */
export function sellerOf(apiKey: string): string {
  return apiKey.split('/', 1)[0]!;
}
