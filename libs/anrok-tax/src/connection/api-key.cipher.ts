import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { ApiKeyUnreadableError } from './connection.error.js';

const VERSION = 'v1';

/**
 * Encrypts API keys at rest: AES-256-GCM under the host's key, as `v1.<key's fingerprint>.<iv>.<tag>.<text>`. A
 * ciphertext is bound to its connection, so that it can't be moved to another row.
 */
@Injectable()
export class ApiKeyCipher {
  private readonly key: Buffer;
  private readonly fingerprint: string;
  private readonly readable: ReadonlyMap<string, Buffer>;

  constructor({ encryptionKey, decryptionKeys }: AnrokTaxOptions) {
    this.key = toBytes(encryptionKey);
    this.fingerprint = fingerprintOf(this.key);
    this.readable = new Map([encryptionKey, ...decryptionKeys].map(toBytes).map((key) => [fingerprintOf(key), key]));
  }

  encrypt(apiKey: string, connectionId: string): string {
    // 96 bits, new each time: GCM breaks when an iv comes twice
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(connectionId));
    const text = Buffer.concat([cipher.update(apiKey, 'utf8'), cipher.final()]);
    const parts = [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
    return [VERSION, this.fingerprint, ...parts].join('.');
  }

  /** @throws ApiKeyUnreadableError when it was encrypted under another key, for another connection, or changed */
  decrypt(encrypted: string, connectionId: string): string {
    const [version, fingerprint, iv, tag, text] = encrypted.split('.');
    const key = this.readable.get(fingerprint ?? '');
    if (version !== VERSION || !key || !iv || !tag || text === undefined) throw new ApiKeyUnreadableError(connectionId);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
        .setAAD(Buffer.from(connectionId))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      return decipher.update(text, 'base64url', 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new ApiKeyUnreadableError(connectionId, { cause });
    }
  }

  /** Whether it is under the key that is encrypted with now. */
  isCurrent(encrypted: string): boolean {
    return encrypted.startsWith(`${VERSION}.${this.fingerprint}.`);
  }

  /** Whether it can be decrypted here. */
  isReadable(encrypted: string, connectionId: string): boolean {
    try {
      this.decrypt(encrypted, connectionId);
      return true;
    } catch (error) {
      if (error instanceof ApiKeyUnreadableError) return false;
      throw error;
    }
  }

  /** Whether it is this key that was encrypted; false also for what can't be read. */
  isOf(encrypted: string, connectionId: string, apiKey: string): boolean {
    return this.isReadable(encrypted, connectionId) && this.decrypt(encrypted, connectionId) === apiKey;
  }
}

function toBytes(key: string): Buffer {
  return Buffer.from(key, key.length === 64 ? 'hex' : 'base64');
}

function fingerprintOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 8);
}
