import type { AnrokOperation } from '../anrok-operation.js';
import { AnrokInvalidRequestError } from '../errors/exchange.errors.js';

/**
 * An id as a segment of a path: `id:acme:invoice:7`. Encodes what would mean something else in a URL and leaves `:`
 * readable, as Anrok's own examples do.
 *
 * @throws AnrokInvalidRequestError when the id is empty: the address would be another operation's
 */
export function pathSegment(prefix: 'id' | 'externalId', id: string, argument: [AnrokOperation, string]): string {
  if (typeof id !== 'string' || id.trim() === '') throw new AnrokInvalidRequestError(...argument, 'must not be empty');
  // encodeURIComponent throws on half a character
  if (!id.isWellFormed()) throw new AnrokInvalidRequestError(...argument, 'must be well-formed Unicode');
  return `${prefix}:${encodeURIComponent(id).replaceAll('%3A', ':')}`;
}
