import type { TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { BillingHost, type HostDocument } from '../host/billing-host.js';

/** The host's documents, for whoever shows them. */
@Injectable()
export class HostDocuments {
  constructor(
    private readonly em: EntityManager,
    private readonly host: BillingHost,
  ) {}

  /** As the host has it now, or null when it has none. */
  load(reference: TaxDocumentReference): Promise<HostDocument | null> {
    return RequestContext.create(this.em, () => this.host.loadDocument(reference));
  }
}
