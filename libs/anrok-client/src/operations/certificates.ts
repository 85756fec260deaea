import type { CallOptions, ListOptions } from '../call-options.js';
import type { Send } from '../transport/anrok-request.js';
import { pages } from '../transport/pages.js';
import { pathSegment } from '../transport/path-segment.js';
import {
  type AnrokCertificate,
  type AnrokCertificateDraft,
  type AnrokCertificateFilter,
  certificate,
  createdCertificate,
} from '../wire/certificate.js';
import {
  type AnrokCertificateRequest,
  type AnrokCertificateRequestDraft,
  certificateRequest,
} from '../wire/certificate-request.js';
import { pageOf } from '../wire/page.js';
import { nothing } from '../wire/scalars.js';

const certificatePage = pageOf('certificates', certificate);

/** Exemption certificates of customers. */
export class AnrokCertificates {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  async create(body: AnrokCertificateDraft, call?: CallOptions): Promise<{ readonly id: string }> {
    return this.#send(
      { operation: 'certificates.create', path: 'certificates/create', body, answer: createdCertificate },
      call,
    );
  }

  async get(certificateId: string, call?: CallOptions): Promise<AnrokCertificate> {
    const operation = 'certificates.get';
    const segment = pathSegment('id', certificateId, [operation, 'certificateId']);
    return this.#send({ operation, path: `certificates/${segment}/get`, body: {}, answer: certificate }, call);
  }

  /** Pages of up to 100. */
  list(filter?: AnrokCertificateFilter, options?: ListOptions): AsyncIterable<AnrokCertificate> {
    return pages(
      this.#send,
      {
        operation: 'certificates.list',
        path: 'certificates/list',
        filter,
        answer: certificatePage,
        largestPage: 100,
      },
      options,
    );
  }

  /** From now on it exempts nobody. */
  async archive(certificateId: string, call?: CallOptions): Promise<void> {
    const operation = 'certificates.archive';
    const segment = pathSegment('id', certificateId, [operation, 'certificateId']);
    return this.#send({ operation, path: `certificates/${segment}/archive`, body: {}, answer: nothing }, call);
  }
}

export class AnrokCertificateRequests {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Asks a customer for a certificate, by e-mail by default. A paid feature: AnrokFeatureNotEnabledError. */
  async create(body: AnrokCertificateRequestDraft, call?: CallOptions): Promise<AnrokCertificateRequest> {
    return this.#send(
      {
        operation: 'certificateRequests.create',
        path: 'certificateRequests/create',
        body,
        answer: certificateRequest,
      },
      call,
    );
  }
}
