import type { AnrokOperation } from '../anrok-operation.js';
import type { CallOptions } from '../call-options.js';
import type { Send } from '../transport/anrok-request.js';
import { pathSegment } from '../transport/path-segment.js';
import {
  type AnrokProductIdMapping,
  type AnrokProductIdMappingDraft,
  productIdMappings,
} from '../wire/product-id-mapping.js';
import { nothing } from '../wire/scalars.js';

/** Of Anrok's own integrations with billing systems; transactions sent through this client don't know them. */
export class AnrokProductIdMappings {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  async list(integrationId: string, call?: CallOptions): Promise<readonly AnrokProductIdMapping[]> {
    const operation = 'productIdMappings.list';
    return this.#send(
      { operation, path: pathTo('list', operation, integrationId), body: {}, answer: productIdMappings },
      call,
    );
  }

  async add(integrationId: string, body: AnrokProductIdMappingDraft, call?: CallOptions): Promise<void> {
    const operation = 'productIdMappings.add';
    return this.#send({ operation, path: pathTo('add', operation, integrationId), body, answer: nothing }, call);
  }
}

function pathTo(verb: string, operation: AnrokOperation, integrationId: string): string {
  return `integrations/${pathSegment('id', integrationId, [operation, 'integrationId'])}/productIdMapping/${verb}`;
}
