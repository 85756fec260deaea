import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText, redact, redactText, secretsOf } from './redaction.js';

const SECRETS = secretsOf('acme/key-1/secret.Zq7x0WvB2');

/** Keys as Anrok makes them, and any others that fit into a header. */
const anyKey = fc
  .tuple(
    fc.constantFrom('', 'acme/', 'acme/key-1/'),
    fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 9,
      maxLength: 40,
    }),
  )
  .map((parts) => parts.join(''))
  .filter((key) => !'[redacted][redacted]'.includes(key));

describe('redaction', () => {
  it('hides the whole key and its secret part, but not the seller', () => {
    expect(redact('Bearer acme/key-1/secret.Zq7x0WvB2 of acme', SECRETS)).toBe('Bearer [redacted] of acme');
    expect(redact('ends in secret.Zq7x0WvB2!', SECRETS)).toBe('ends in [redacted]!');
  });

  it('hides keys of objects, headers and certificate files, at any depth', () => {
    const body = {
      Authorization: 'Basic x',
      'secret.Zq7x0WvB2': 1,
      nested: [{ certificateFile: { name: 'cert.png', contentsBase64: 'Y2VydA==' } }],
    };
    expect(redact(body, SECRETS)).toEqual({
      Authorization: '[redacted]',
      '[redacted]': 1,
      nested: [{ certificateFile: { name: 'cert.png', contentsBase64: '[redacted]' } }],
    });
  });

  it.each([
    [
      'JSON that was cut off',
      '{"certificateFile":{"name":"a","contentsBase64": "Y2VydA==',
      '"contentsBase64": "[redacted]',
    ],
    [
      'JSON within JSON',
      String.raw`"{\"contentsBase64\":\"Y2VydA==\"}"`,
      String.raw`\"contentsBase64\":\"[redacted]\"}`,
    ],
  ])('hides certificate files in %s', (_, text, expected) => {
    expect(redactText(text, SECRETS)).toContain(expected);
    expect(redactText(text, SECRETS)).not.toContain('Y2VydA');
  });

  it('leaves no key in any plain data, however it is written there', () => {
    const place = fc.constantFrom<(key: string) => unknown>(
      (key) => key,
      (key) => `<html>Bearer ${key}</html>`,
      (key) => ({ [key]: [key, { deep: `${key}${key}` }] }),
      (key) => JSON.stringify({ echoed: key }).slice(0, -1),
      (key) => `/login?next=${encodeURIComponent(key)}`,
    );
    fc.assert(
      fc.property(anyKey, place, (key, echo) => {
        const text = JSON.stringify(redact(echo(key), secretsOf(key)));
        for (const form of [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)])
          expect(text.includes(form)).toBe(false);
      }),
    );
  });

  it('changes nothing that holds no secret, and never its argument', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const given = JSON.stringify(value);
        fc.pre(!given.includes('__proto__'));
        expect(JSON.stringify(redact(value, SECRETS))).toBe(given);
        expect(JSON.stringify(value)).toBe(given);
      }),
    );
  });

  it('sets no trap for whoever merges the copy', () => {
    const copy = redact(JSON.parse('{"__proto__":{"isAdmin":true},"a":1}'), SECRETS) as object;
    expect(Object.keys(copy)).toEqual(['a']);
    expect(Object.assign({}, copy)).not.toHaveProperty('isAdmin');
  });

  it('survives an answer that is nested a hundred thousand deep', () => {
    const bomb = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(JSON.stringify(redact(bomb, SECRETS))).toContain('[too deep]');
  });

  it('cuts texts between characters', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('abcd', 3)).toBe('abc…');
    expect(cutText('ab😀d', 3).isWellFormed()).toBe(true);
  });
});
