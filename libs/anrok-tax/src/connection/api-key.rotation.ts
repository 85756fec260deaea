import { EntityManager } from '@mikro-orm/core';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { ApiKeyCipher } from './api-key.cipher.js';
import { Connection } from './connection.entity.js';
import { ApiKeyUnreadableError } from './connection.error.js';

/**
 * Encrypts what is stored under an older key anew, so that the older one can be given up. In processes that work: a
 * command that is started with yesterday's environment must not take anything back.
 */
@Injectable()
export class ApiKeyRotation implements OnApplicationBootstrap {
  private readonly log = new Logger(ApiKeyRotation.name);

  constructor(
    private readonly em: EntityManager,
    private readonly cipher: ApiKeyCipher,
    private readonly options: AnrokTaxOptions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.options.worker.enabled) return;
    const em = this.em.fork();
    for (const { id, code, encryptedApiKey } of await em.find(Connection, {})) {
      if (this.cipher.isCurrent(encryptedApiKey)) continue;
      try {
        const renewed = this.cipher.encrypt(this.cipher.decrypt(encryptedApiKey, id), id);
        // unless somebody has changed it meanwhile
        await em.nativeUpdate(Connection, { id, encryptedApiKey }, { encryptedApiKey: renewed });
        this.log.log('An API key is encrypted under the new key', { connectionCode: code });
      } catch (error) {
        if (!(error instanceof ApiKeyUnreadableError)) throw error;
        this.log.error('An API key can not be read', { connectionCode: code, errorCode: error.code });
      }
    }
  }
}
