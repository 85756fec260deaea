import { describe, expect, it } from '@jest/globals';
import { isCrossSite } from './cross-site.js';

const host = 'billing.example:3000';

describe('a request that changes something', () => {
  it.each([
    ['a script: no browser says anything', {}, false],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: `https://${host}` }, false],
    [
      'our own page behind a proxy that renames the host',
      { 'sec-fetch-site': 'same-origin', origin: 'https://tax' },
      false,
    ],
    ['the address bar', { 'sec-fetch-site': 'none' }, false],
    ['another site', { 'sec-fetch-site': 'cross-site' }, true],
    ['another host of the same site', { 'sec-fetch-site': 'same-site', origin: `https://${host}` }, true],
    ['a word of a later browser', { 'sec-fetch-site': 'near' }, true],
    ['our own page in an old browser', { origin: `http://${host}` }, false],
    ['our own page, in capitals', { origin: 'http://BILLING.example:3000' }, false],
    ['another origin in an old browser', { origin: 'https://evil.example' }, true],
    ['another port', { origin: 'http://billing.example' }, true],
    ['a host that begins like ours', { origin: `http://${host}.evil.example` }, true],
    ['a name of ours in front of another host', { origin: `http://${host}@evil.example` }, true],
    ['a sandboxed page', { origin: 'null' }, true],
  ])('from %s', (_, headers, expected) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect(isCrossSite({ method, headers: { host, ...headers } })).toBe(expected);
  });

  it('is none where it only reads: links to pages work', () => {
    expect(isCrossSite({ method: 'GET', headers: { host, 'sec-fetch-site': 'cross-site' } })).toBe(false);
  });
});
