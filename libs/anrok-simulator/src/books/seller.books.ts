import type { ExemptionCertificate } from '../tax/exemptions.js';
import type { IsoDate } from '../tax/jurisdiction.js';
import type { ProductTaxCategoryReference } from '../tax/product-tax-category.js';
import { Register } from './register.js';
import type { Transaction } from './transaction.js';

export interface Customer {
  readonly id: string;
  readonly name: string;
}

export interface Product {
  readonly externalId: string;
  readonly taxCategoryId: ProductTaxCategoryReference;
  readonly name: string;
  /** Empty where there is none. */
  readonly description: string;
}

export interface Certificate extends ExemptionCertificate {
  readonly id: string;
  readonly customerId: string;
  readonly createdTime: string;
  readonly exemptionNumber: string;
  readonly notes: string;
  readonly fileName: string;
  readonly jurises: readonly {
    readonly jurisId: string;
    readonly registrationId: string;
    readonly effectiveDateEndi: IsoDate | null;
    readonly notes: string;
  }[];
}

export interface CertificateRequest {
  readonly id: string;
  readonly customerId: string;
  readonly emailAddress: string;
  /** Whether the simulator would have sent an e-mail; it never does. */
  readonly sendEmail: boolean;
  readonly createdTime: string;
}

export interface ProductMapping {
  readonly integrationId: string;
  readonly sourceId: string;
  readonly targetId: string;
}

/** The books of one seller as plain data, in order of entry. */
export interface BooksData {
  readonly transactions: readonly Transaction[];
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  readonly certificates: readonly Certificate[];
  readonly certificateRequests: readonly CertificateRequest[];
  readonly productMappings: readonly ProductMapping[];
}

/** All that one seller's account holds. Nothing is ever deleted from it. */
export class SellerBooks {
  readonly transactions: Register<Transaction>;
  readonly customers: Register<Customer>;
  readonly products: Register<Product>;
  readonly certificates: Register<Certificate>;
  readonly certificateRequests: Register<CertificateRequest>;
  readonly productMappings: Register<ProductMapping>;
  private lastSequence: number;

  constructor(
    readonly sellerId: string,
    data: Partial<BooksData>,
  ) {
    this.transactions = new Register(({ id }) => id, data.transactions);
    this.customers = new Register(({ id }) => id, data.customers);
    this.products = new Register(({ externalId }) => externalId, data.products);
    this.certificates = new Register(({ id }) => id, data.certificates);
    this.certificateRequests = new Register(({ id }) => id, data.certificateRequests);
    this.productMappings = new Register(mappingKey, data.productMappings);
    this.lastSequence = this.transactions.all().reduce((last, { sequence }) => Math.max(last, sequence), 0);
  }

  /** Differs from what it was before whenever anything was entered. */
  get revision(): number {
    return this.registers.reduce((sum, register) => sum + register.revision, 0);
  }

  /** Numbers change upward; one that nobody uses is no harm. */
  nextSequence(): number {
    this.lastSequence += 1;
    return this.lastSequence;
  }

  data(): BooksData {
    return {
      transactions: this.transactions.all(),
      customers: this.customers.all(),
      products: this.products.all(),
      certificates: this.certificates.all(),
      certificateRequests: this.certificateRequests.all(),
      productMappings: this.productMappings.all(),
    };
  }

  private get registers(): readonly { readonly revision: number }[] {
    return [
      this.transactions,
      this.customers,
      this.products,
      this.certificates,
      this.certificateRequests,
      this.productMappings,
    ];
  }
}

export function mappingKey({ integrationId, sourceId }: Pick<ProductMapping, 'integrationId' | 'sourceId'>): string {
  return JSON.stringify([integrationId, sourceId]);
}
