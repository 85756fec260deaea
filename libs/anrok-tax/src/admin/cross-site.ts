import type { IncomingMessage } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN_SITES = new Set(['same-origin', 'none']);

/**
 * Whether a page of somebody else's makes a visitor's browser change something. Browsers say where a request comes
 * from, and no page can make them lie; what says nothing is no browser's, and carries no visitor's cookies.
 */
export function isCrossSite({ method = '', headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const site = headers['sec-fetch-site'];
  // decides alone: behind a proxy that renames the host, the origin of our own pages is a foreign one
  if (site !== undefined) return !OWN_SITES.has(site);
  const { origin, host } = headers;
  return origin !== undefined && hostOf(origin) !== host?.toLowerCase();
}

/** `null`, the origin of sandboxed pages and files, has none. */
function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}
