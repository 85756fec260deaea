import type { IncomingMessage } from 'node:http';

export interface ReceivedRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Far above 1,200 lines or a scanned certificate. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

/** Undefined when the body is too large. Rejects when the caller leaves before it is complete. */
export async function receive(request: IncomingMessage): Promise<ReceivedRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // read to the end all the same: a caller that is still sending doesn't see an answer
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) return undefined;
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  return {
    method: request.method ?? '',
    path,
    query: new URLSearchParams(query),
    authorization: request.headers.authorization,
    contentType: request.headers['content-type'],
    body: Buffer.concat(chunks).toString(),
  };
}

/** The body parsed; undefined where it is no JSON, or doesn't say that it is. */
export function jsonIn({ contentType, body }: Pick<ReceivedRequest, 'contentType' | 'body'>): unknown {
  if (!/^application\/json\b/i.test(contentType ?? '')) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
