import { describe, expect, it } from '@jest/globals';
import { PagePlace } from './page-place.js';

describe('where a page is', () => {
  it.each([
    ['/anrok', 0, '/anrok/things'],
    ['/anrok/', 0, '/anrok/things'],
    ['/anrok/documents', 1, '/anrok/things'],
    ['/anrok/documents/', 1, '/anrok/things'],
    ['/anrok/documents/a%2Fb', 2, '/anrok/things'],
    ['/v1/tools/anrok/documents/42/retry', 3, '/v1/tools/anrok/things'],
    ['/moved/by/a/proxy/documents', 1, '/moved/by/a/proxy/things'],
    ['/', 0, '/things'],
    ['/documents', 1, '/things'],
  ])('%s with %i segments of its own links to %s', (url, depth, expected) => {
    const target = PagePlace.of(url, depth).to('things');
    expect(new URL(target, `https://host.example${url}`).pathname).toBe(expected);
  });

  it('keeps the rest of the query when a field changes, and tells what was done once', () => {
    const place = PagePlace.of('/anrok/documents?status=failed&status=waiting&after=x&notice=due&count=2', 1);
    expect(place.with({ after: null })).toBe('./documents?status=failed&status=waiting');
    expect(place.afterwards('documents?status=failed', 'due', 2).url).toBe(
      './documents?status=failed&notice=due&count=2',
    );
  });
});
