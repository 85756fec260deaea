import { describe, expect, it } from '@jest/globals';
import { AxiosError } from 'axios';
import fc from 'fast-check';
import { AnrokError } from './anrok.error.js';
import { classifyFailure } from './classify-failure.js';

const systemError = (code: string, syscall: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
const fromAxios = (error: Error, response?: object) =>
  AxiosError.from(error, undefined, undefined, {}, response as never);
const classify = (thrown: unknown) => classifyFailure('transactions.createOrUpdate', thrown, (text) => text);

describe('a failed exchange', () => {
  it.each([
    ['a refused connection', fromAxios(systemError('ECONNREFUSED', 'connect')), 'notSent'],
    ['a name that does not resolve', fromAxios(systemError('ENOTFOUND', 'getaddrinfo')), 'notSent'],
    ['no route to the host', fromAxios(systemError('EHOSTUNREACH', 'connect')), 'notSent'],
    [
      'no address that answers',
      fromAxios(new AggregateError([systemError('ECONNREFUSED', 'connect'), systemError('ETIMEDOUT', 'connect')])),
      'notSent',
    ],
    ['a reset', fromAxios(systemError('ECONNRESET', 'read')), 'unknown'],
    ['a broken pipe', fromAxios(systemError('EPIPE', 'write')), 'unknown'],
    [
      'a certificate that is not trusted',
      fromAxios(Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' })),
      'unknown',
    ],
    [
      'an answer that was cut off',
      new AxiosError('aborted', 'ERR_BAD_RESPONSE', undefined, {}, {} as never),
      'unknown',
    ],
    ['an interceptor that throws', new TypeError('x is not a function'), 'unknown'],
  ])('%s is a network error', (_, thrown, outcome) => {
    expect(classify(thrown)).toMatchObject({ code: 'anrok_network_error', retry: 'later', outcome });
  });

  it('knows a connection that was closed before any answer', () => {
    expect(classify(fromAxios(systemError('ECONNRESET', 'read')))).toMatchObject({ connectionClosed: true });
    expect(classify(fromAxios(systemError('ECONNRESET', 'read'), {}))).toMatchObject({ connectionClosed: false });
    expect(classify(fromAxios(systemError('ECONNREFUSED', 'connect')))).toMatchObject({ connectionClosed: false });
  });

  it.each([
    ['too long', new AxiosError('maxContentLength size of 9 exceeded', 'ERR_BAD_RESPONSE')],
    ['wrongly compressed', fromAxios(systemError('Z_DATA_ERROR', 'unzip'), { status: 200 })],
  ])('is an unreadable answer when that is %s', (_, thrown) => {
    expect(classify(thrown)).toMatchObject({ code: 'anrok_unreadable_answer', retry: 'later', outcome: 'unknown' });
  });

  it("keeps nothing of the library's error but its code and its redacted text", () => {
    const thrown = new AxiosError('sent Bearer s3cret', 'ECONNRESET', {
      headers: { Authorization: 's3cret' },
    } as never);
    const error = classifyFailure('filings.list', thrown, (text) => text.replace('s3cret', '[redacted]'));
    expect(error.cause).toBeUndefined();
    expect(error.message).toBe('The connection to Anrok failed: sent Bearer [redacted].');
    expect(error.details).toEqual({ networkCode: 'ECONNRESET', reason: 'sent Bearer [redacted]' });
  });

  it('is exactly one AnrokError, whatever is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(classify(thrown)).toBeInstanceOf(AnrokError);
      }),
    );
  });
});
