import type { IncomingMessage } from 'node:http';
import { MappingFileTooLargeError } from '../settings/item-mapping.error.js';

const MOST_BYTES = 5_000_000;

/**
 * The body of a request as text, whether the host has read it as such or has left it alone, as frameworks do with what
 * is neither JSON nor a form. What is no UTF-8 becomes U+FFFD.
 *
 * @throws MappingFileTooLargeError
 */
export async function readText(request: IncomingMessage & { readonly body?: unknown }): Promise<string> {
  const { body } = request;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // left open, so that the refusal of a body that is too large arrives
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new MappingFileTooLargeError(`more than ${MOST_BYTES} bytes`, `${MOST_BYTES}`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
