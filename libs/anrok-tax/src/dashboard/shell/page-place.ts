import type { Notice } from './notice.js';
import { toQuery } from './notice.js';

/**
 * Where a page is, seen from the browser. Every link is relative to the page itself, so that the dashboard works under
 * any global prefix and behind a proxy that moves it somewhere else.
 */
export class PagePlace {
  private constructor(
    private readonly root: string,
    /** Below the dashboard: `documents/42`. */
    readonly path: string,
    /** The query as it came, without the question mark. */
    readonly query: string,
  ) {}

  /**
   * @param url of the request, as it came: path and query
   * @param depth how many segments of it are below the dashboard's own address
   */
  static of(url: string, depth: number): PagePlace {
    const [path = '', query = ''] = url.split('?', 2);
    const segments = path.split('/').slice(1);
    const folders = segments.length - 1;
    const named = segments.at(-1) === '' ? segments.slice(0, -1) : segments;
    const mount = named.length - depth;
    const below = named.slice(mount).join('/') || 'overview';
    // a relative address is seen from the page's folder; that of the dashboard's own page is one above it
    const up = folders - mount;
    return new PagePlace(up < 0 ? `./${named.at(-1)}` : `.${'/..'.repeat(up)}`, below, query);
  }

  /** The address of a page: `to('documents')`. Encode what may hold anything: `to(`documents/${encodeURIComponent(id)}`)`. */
  to(path: string): string {
    return `${this.root}/${path}`;
  }

  /** The query without what is told once: to come back to the same selection. */
  get selection(): string {
    const query = new URLSearchParams(this.query);
    query.delete('notice');
    query.delete('count');
    return query.toString();
  }

  /** This page, with its query as far as `changes` does not say otherwise; a null takes a field out. */
  with(changes: Readonly<Record<string, string | null>>): string {
    const query = new URLSearchParams(this.selection);
    for (const [name, value] of Object.entries(changes))
      if (value === null) query.delete(name);
      else query.set(name, value);
    return this.to(query.size > 0 ? `${this.path}?${query.toString()}` : this.path);
  }

  /** What a form's handler answers with: the browser goes there by GET, and is told what was done. */
  afterwards(path: string, notice: Notice, count?: number): { readonly url: string } {
    return { url: `${this.to(path)}${path.includes('?') ? '&' : '?'}${toQuery(notice, count)}` };
  }
}
