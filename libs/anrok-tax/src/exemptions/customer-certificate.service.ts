import {
  type AnrokCertificate,
  type AnrokCertificates,
  AnrokConflictError,
  type AnrokConflictType,
  AnrokError,
} from '@anrok-nest/client';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { toTaxError } from '../connection/anrok-call.error.js';
import { AnrokClients } from '../connection/anrok-clients.js';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { DocumentMapper } from '../connection/document-mapper.js';
import { joining } from '../joining.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import type {
  Certificate,
  CertificateRequest,
  CertificateStatus,
  NewCertificate,
  NewCertificateRequest,
} from './certificate.js';
import { CertificateNotFoundError } from './certificate-not-found.error.js';
import { saysTheSame, toAnrokCertificate, toAnrokCustomer, toCertificate } from './to-certificate.js';

/**
 * Exemption certificates of customers, kept at Anrok and nowhere else. Customers go by the host's id. Every method
 * asks Anrok, so call it outside of transactions.
 *
 * All throw CustomerNotLinkedError, ApiKeyUnreadableError, FeatureNotEnabledError, and AnrokCallFailedError for
 * whatever else Anrok refuses or leaves unanswered.
 */
@Injectable()
export class CustomerCertificateService {
  constructor(
    private readonly em: EntityManager,
    private readonly mapper: DocumentMapper,
    private readonly clients: AnrokClients,
    private readonly sync: TaxSyncService,
  ) {}

  /**
   * From now on Anrok exempts the customer, as its documents are taxed: what is recorded already stays as it is.
   * Repeating it is harmless, also after an answer that was lost: a certificate that says the same and is not archived
   * is answered as it is (`isNew: false`). To replace its file, archive it first.
   */
  async create(certificate: NewCertificate): Promise<{ readonly id: string; readonly isNew: boolean }> {
    const link = await this.mapper.linkOf(certificate.customerId);
    return this.changing(link, async (certificates) => {
      for await (const known of this.listOf(link))
        if (known.status !== 'archived' && saysTheSame(certificate, known)) return { id: known.id, isNew: false };
      const { id } = await certificates.create(toAnrokCertificate(certificate, link));
      return { id, isNew: true };
    });
  }

  /** @throws CertificateNotFoundError */
  async get(customerId: string, certificateId: string): Promise<Certificate> {
    const link = await this.mapper.linkOf(customerId);
    return toCertificate(await this.find(link, certificateId), customerId);
  }

  /** All of the customer's, archived ones included; asked for page by page, as they are consumed. */
  async *list(customerId: string, filter: { readonly status?: CertificateStatus } = {}): AsyncGenerator<Certificate> {
    const link = await this.mapper.linkOf(customerId);
    try {
      yield* this.listOf(link, filter.status);
    } catch (error) {
      throw toTaxError(error, link.connection);
    }
  }

  /** From now on it exempts nobody. Repeating it is harmless. @throws CertificateNotFoundError */
  async archive(customerId: string, certificateId: string): Promise<void> {
    const link = await this.mapper.linkOf(customerId);
    const { id } = await this.find(link, certificateId);
    await this.changing(link, (certificates) => certificates.archive(id));
  }

  /** Asks the customer for a certificate, by e-mail unless told otherwise. Asking again writes again. */
  async request(wanted: NewCertificateRequest): Promise<CertificateRequest> {
    const link = await this.mapper.linkOf(wanted.customerId);
    const { emailAddress, sendEmail = true } = wanted;
    try {
      const { requestId, requestLink } = await this.clients
        .for(link.connection)
        .certificateRequests.create({ ...toAnrokCustomer(wanted, link), emailAddress, sendEmail });
      return { id: requestId, link: requestLink };
    } catch (error) {
      throw toTaxError(error, link.connection);
    }
  }

  private async *listOf(link: CustomerLink, status?: CertificateStatus): AsyncGenerator<Certificate> {
    const filter = { customerId: link.anrokCustomerId, ...(status !== undefined && { status }) };
    try {
      for await (const one of this.clients.for(link.connection).certificates.list(filter))
        yield toCertificate(one, link.customerId);
    } catch (error) {
      // whom Anrok creates with the first document has nothing there before
      if (!(link.createAtAnrok && isConflict(error, 'customerIdNotFound'))) throw error;
    }
  }

  private async find({ connection, customerId, anrokCustomerId }: CustomerLink, id: string): Promise<AnrokCertificate> {
    try {
      const found = await this.clients.for(connection).certificates.get(id);
      if (found.customerId === anrokCustomerId) return found;
    } catch (error) {
      if (!isConflict(error, 'certificateIdNotFound')) throw toTaxError(error, connection);
    }
    throw new CertificateNotFoundError(customerId, id);
  }

  /** Changes something at Anrok and tells the sync, also where no answer says whether Anrok has done it. */
  private async changing<T>(link: CustomerLink, change: (certificates: AnrokCertificates) => Promise<T>): Promise<T> {
    try {
      const result = await change(this.clients.for(link.connection).certificates);
      await this.changed(link);
      return result;
    } catch (error) {
      if (error instanceof AnrokError && error.outcome === 'unknown') await this.changed(link);
      throw toTaxError(error, link.connection);
    }
  }

  /** Several of the host's customers may be one at Anrok. */
  private async changed({ connection, anrokCustomerId }: CustomerLink): Promise<void> {
    const same = await joining(this.em).find(CustomerLink, { connection: connection.id, anrokCustomerId });
    for (const { customerId } of same) await this.sync.changed({ kind: 'customer', customerId });
  }
}

function isConflict(error: unknown, type: AnrokConflictType): boolean {
  return error instanceof AnrokConflictError && error.type === type;
}
