import { z } from 'zod';
import { pageOf } from '../books/paging.js';
import type { Certificate } from '../books/seller.books.js';
import { emptyBody, listBody } from '../schema/paging.schema.js';
import { CERTIFICATE_JURIS_IDS } from '../tax/address.resolution.js';
import { CERTIFICATE_STATUSES, certificateStatus, toCertificateAnswer } from '../wire/certificate.answer.js';
import { Conflict } from '../wire/conflict.js';
import { enterCustomer } from './customer.entry.js';
import { defineOperation } from './operation.js';

const FILE_NAME = /\.(gif|heic|jpe?g|pdf|png)$/i;

export const createCertificate = defineOperation({
  name: 'certificates.create',
  path: 'certificates/create',
  body: z.strictObject({
    customerId: z.string().min(1),
    customerName: z.string().optional(),
    effectiveDateBegin: z.iso.date(),
    exemptionNumber: z.string().optional(),
    notes: z.string().optional(),
    certificateFile: z.strictObject({ name: z.string(), contentsBase64: z.base64().min(1) }),
    jurises: z
      .array(
        z.strictObject({
          jurisId: z.string(),
          registrationId: z.string().optional(),
          // the vendor's spelling: end, inclusive
          effectiveDateEndi: z.iso.date().optional(),
          notes: z.string().optional(),
        }),
      )
      .min(1),
  }),
  run(body, { books, now }) {
    const ids = body.jurises.map(({ jurisId }) => jurisId);
    if (ids.some((id) => !CERTIFICATE_JURIS_IDS.has(id))) return new Conflict('jurisNotFound');
    if (new Set(ids).size < ids.length) return new Conflict('duplicateJurisIds');
    if (!FILE_NAME.test(body.certificateFile.name)) return new Conflict('fileTypeNotSupported');
    const refusal = enterCustomer(books, body.customerId, body.customerName);
    if (refusal) return refusal;
    const id = `ctec${String(books.certificates.size + 1).padStart(8, '0')}`;
    books.certificates.enter({
      id,
      customerId: body.customerId,
      createdTime: now.toISOString(),
      isArchived: false,
      effectiveDateBegin: body.effectiveDateBegin,
      exemptionNumber: body.exemptionNumber ?? '',
      notes: body.notes ?? '',
      fileName: body.certificateFile.name,
      jurises: body.jurises.map(({ jurisId, registrationId, effectiveDateEndi, notes }) => ({
        jurisId,
        registrationId: registrationId ?? '',
        effectiveDateEndi: effectiveDateEndi ?? null,
        notes: notes ?? '',
      })),
    });
    return { id };
  },
});

export const getCertificate = defineOperation({
  name: 'certificates.get',
  path: 'certificates/id:{}/get',
  body: emptyBody,
  run(_, { books, now, pathId }) {
    const certificate = books.certificates.find(pathId);
    return certificate ? toCertificateAnswer(certificate, books, now) : new Conflict('certificateIdNotFound');
  },
});

export const archiveCertificate = defineOperation({
  name: 'certificates.archive',
  path: 'certificates/id:{}/archive',
  body: emptyBody,
  run(_, { books, pathId }) {
    const certificate = books.certificates.find(pathId);
    if (!certificate) return new Conflict('certificateIdNotFound');
    books.certificates.enter({ ...certificate, isArchived: true });
    return {};
  },
});

const filter = z.strictObject({
  customerId: z.string().optional(),
  status: z.enum(CERTIFICATE_STATUSES).optional(),
});
type Filter = z.output<typeof filter>;

export const listCertificates = defineOperation({
  name: 'certificates.list',
  path: 'certificates/list',
  refusesIn: 'text',
  body: listBody(filter, { default: 25, max: 100 }),
  run(request, { books, now }) {
    const customerId = request.filter?.customerId;
    if (customerId !== undefined && !books.customers.has(customerId)) return new Conflict('customerIdNotFound');
    const page = pageOf<Certificate, Filter>(
      {
        list: `certificates of ${books.sellerId}`,
        filter,
        keyOf: ({ id }) => id,
        select: (chosen = {}) =>
          books.certificates
            .all()
            .filter(
              (certificate) =>
                (chosen.customerId === undefined || certificate.customerId === chosen.customerId) &&
                (chosen.status === undefined || certificateStatus(certificate, now) === chosen.status),
            ),
      },
      request,
    );
    if (page instanceof Conflict) return page;
    const certificates = page.items.map((certificate) => toCertificateAnswer(certificate, books, now));
    // here, unlike in the other lists, the API promises null after the last page
    return { certificates, nextCursor: page.hasMore ? page.nextCursor : null, hasMore: page.hasMore };
  },
});
