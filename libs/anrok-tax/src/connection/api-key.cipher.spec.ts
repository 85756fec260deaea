import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { ApiKeyCipher } from './api-key.cipher.js';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const cipherUnder = (byte: number, ...others: number[]) =>
  new ApiKeyCipher(AnrokTaxOptions.from({ encryptionKey: key(byte), decryptionKeys: others.map(key) }));
const cipher = cipherUnder(1);
const unreadable = expect.objectContaining({ code: 'api_key_unreadable' });

describe('ApiKeyCipher', () => {
  it('gives back any key that it encrypted, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.uuid(), (key, connection) => {
        const encrypted = cipher.encrypt(key, connection);
        expect(cipher.decrypt(encrypted, connection)).toBe(key);
        expect(cipher.isOf(encrypted, connection, key)).toBe(true);
        expect(encrypted).not.toContain(key);
      }),
    );
  });

  it('never encrypts alike twice', () => {
    expect(cipher.encrypt('sandbox/key', 'c1')).not.toBe(cipher.encrypt('sandbox/key', 'c1'));
  });

  it('reads what is under an older key, and encrypts under the new one', () => {
    const encrypted = cipher.encrypt('sandbox/key1/secret', 'c1');
    const next = cipherUnder(2, 1);
    expect(next.decrypt(encrypted, 'c1')).toBe('sandbox/key1/secret');
    expect([cipher.isCurrent(encrypted), next.isCurrent(encrypted)]).toEqual([true, false]);
    const renewed = next.encrypt('sandbox/key1/secret', 'c1');
    expect(next.isCurrent(renewed)).toBe(true);
    expect(() => cipher.decrypt(renewed, 'c1')).toThrow(unreadable);
  });

  it('lets old and new processes read what the other has stored, while they are exchanged one by one', () => {
    const [old, next] = [cipherUnder(1, 2), cipherUnder(2, 1)];
    expect(old.decrypt(next.encrypt('sandbox/key1/secret', 'c1'), 'c1')).toBe('sandbox/key1/secret');
    expect(next.decrypt(old.encrypt('sandbox/key1/secret', 'c1'), 'c1')).toBe('sandbox/key1/secret');
  });

  it('refuses a key of another host, another connection, or one that was tampered with', () => {
    const encrypted = cipher.encrypt('sandbox/key1/secret', 'c1');
    expect(() => cipherUnder(2).decrypt(encrypted, 'c1')).toThrow(unreadable);
    expect(() => cipher.decrypt(encrypted, 'c2')).toThrow(unreadable);
    const parts = encrypted.split('.');
    for (const index of [0, 1, 2, 3, 4]) {
      const part = parts[index]!;
      const flipped = (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
      expect(() => cipher.decrypt(parts.with(index, flipped).join('.'), 'c1')).toThrow(unreadable);
    }
    for (const garbage of ['', 'v1', 'v1....', 'x'.repeat(100)])
      expect(() => cipher.decrypt(garbage, 'c1')).toThrow(unreadable);
    expect(cipherUnder(2).isOf(encrypted, 'c1', 'sandbox/key1/secret')).toBe(false);
  });
});
