import { EntityManager } from '@mikro-orm/core';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ApiKeyCipher } from '../connection/api-key.cipher.js';
import { Connection } from '../connection/connection.entity.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';

/** The remedy for a key that can't be decrypted is a start with the right one: what waited for that goes on. */
@Injectable()
export class UnreadableKeyHealing implements OnApplicationBootstrap {
  constructor(
    private readonly em: EntityManager,
    private readonly cipher: ApiKeyCipher,
    private readonly sync: TaxSyncService,
    private readonly options: AnrokTaxOptions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.options.worker.enabled) return;
    const em = this.em.fork();
    for (const { id, encryptedApiKey } of await em.find(Connection, {})) {
      const waiting = { connection: id, status: 'waiting', problemCode: 'api_key_unreadable' } as const;
      if (this.cipher.isReadable(encryptedApiKey, id) && (await em.count(TaxSyncRecord, waiting)) > 0)
        await this.sync.changed({ kind: 'connection', connectionId: id });
    }
  }
}
