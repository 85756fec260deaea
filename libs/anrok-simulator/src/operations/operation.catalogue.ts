import { createCertificateRequest } from './certificate-requests.operation.js';
import { archiveCertificate, createCertificate, getCertificate, listCertificates } from './certificates.operations.js';
import { listFilings } from './filings.operation.js';
import type { Operation } from './operation.js';
import { addProductMapping, listProductMappings } from './product-mappings.operations.js';
import { createProduct, getProduct, listProductTaxCategories } from './products.operations.js';
import { validateTaxIds } from './tax-ids.operation.js';
import { listTransactions } from './transaction-list.operation.js';
import { createEphemeral, createNegation, createOrUpdate, voidTransaction } from './transactions.operations.js';

const PREFIX = '/v1/seller/';

const OPERATIONS: readonly Operation[] = [
  createEphemeral,
  createOrUpdate,
  createNegation,
  voidTransaction,
  listTransactions,
  createProduct,
  getProduct,
  listProductTaxCategories,
  listProductMappings,
  addProductMapping,
  createCertificate,
  getCertificate,
  listCertificates,
  archiveCertificate,
  createCertificateRequest,
  validateTaxIds,
  listFilings,
];

/** The operation that a path means, and the id in it. Segments are compared decoded, as ids may hold anything. */
export function findOperation(path: string): { readonly operation: Operation; readonly pathId: string } | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const segments = decodedSegments(path.slice(PREFIX.length));
  for (const operation of OPERATIONS) {
    const pathId = idIn(segments, operation.path.split('/'));
    if (pathId !== undefined) return { operation, pathId };
  }
  return undefined;
}

/** The id, empty for a template without one; undefined where the segments don't fit. */
function idIn(segments: readonly string[], template: readonly string[]): string | undefined {
  if (segments.length !== template.length) return undefined;
  let id = '';
  for (const [index, expected] of template.entries()) {
    const segment = segments[index]!;
    const prefix = expected.endsWith('{}') ? expected.slice(0, -2) : undefined;
    if (prefix === undefined ? segment !== expected : !segment.startsWith(prefix)) return undefined;
    if (prefix !== undefined) id = segment.slice(prefix.length);
  }
  return id;
}

function decodedSegments(path: string): string[] {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return []; // a stray percent sign
  }
}
