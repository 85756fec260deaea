import type { CallOptions } from '../call-options.js';
import type { Send } from '../transport/anrok-request.js';
import { pathSegment } from '../transport/path-segment.js';
import {
  type AnrokProduct,
  type AnrokProductDraft,
  type AnrokProductTaxCategory,
  product,
  productTaxCategories,
} from '../wire/product.js';
import { nothing } from '../wire/scalars.js';

/** What the lines of transactions name: it decides how they are taxed. */
export class AnrokProducts {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  async create(body: AnrokProductDraft, call?: CallOptions): Promise<void> {
    return this.#send({ operation: 'products.create', path: 'products/create', body, answer: nothing }, call);
  }

  /** @throws AnrokConflictError of type `productExternalIdNotFound` when there is none */
  async get(externalId: string, call?: CallOptions): Promise<AnrokProduct> {
    const operation = 'products.get';
    const segment = pathSegment('externalId', externalId, [operation, 'externalId']);
    return this.#send({ operation, path: `products/${segment}/get`, body: {}, answer: product }, call);
  }
}

export class AnrokProductTaxCategories {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Those that products of this seller account can have, standard and custom. */
  async list(call?: CallOptions): Promise<readonly AnrokProductTaxCategory[]> {
    return this.#send(
      {
        operation: 'productTaxCategories.list',
        path: 'productTaxCategories/list',
        body: {},
        answer: productTaxCategories,
      },
      call,
    );
  }
}
