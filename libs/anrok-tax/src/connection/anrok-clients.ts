import { AnrokClient, type RateLimiter } from '@anrok-nest/client';
import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { CallsTelemetry } from '../telemetry/calls.telemetry.js';
import { ApiKeyCipher } from './api-key.cipher.js';
import { ConnectionPausedError } from './connection.error.js';
import type { UsableConnection } from './usable-connection.js';

/** Injects the limiter that all clients share; exchange it for one that several processes share. */
export const ANROK_RATE_LIMITER = Symbol('ANROK_RATE_LIMITER');

/** The client of each connection, made when first wanted and again when its key changes. */
@Injectable()
export class AnrokClients {
  private readonly clients = new Map<string, { encryptedApiKey: string; client: AnrokClient }>();

  constructor(
    private readonly cipher: ApiKeyCipher,
    private readonly options: AnrokTaxOptions,
    private readonly http: HttpService,
    @Inject(ANROK_RATE_LIMITER) private readonly rateLimiter: RateLimiter,
    private readonly telemetry: CallsTelemetry,
  ) {}

  /** @throws ConnectionPausedError, ApiKeyUnreadableError */
  for(connection: UsableConnection): AnrokClient {
    if (connection.pausedAt) throw new ConnectionPausedError(connection.code, connection.pausedProblem);
    return this.evenPaused(connection);
  }

  /** For finding out whether a paused connection works again. @throws ApiKeyUnreadableError */
  evenPaused(connection: Pick<UsableConnection, 'id' | 'encryptedApiKey'>): AnrokClient {
    const known = this.clients.get(connection.id);
    if (known?.encryptedApiKey === connection.encryptedApiKey) return known.client;
    const client = this.make(this.cipher.decrypt(connection.encryptedApiKey, connection.id));
    this.clients.set(connection.id, { encryptedApiKey: connection.encryptedApiKey, client });
    return client;
  }

  /** A client for a key that is stored nowhere yet. */
  make(apiKey: string): AnrokClient {
    return new AnrokClient({
      apiKey,
      baseUrl: this.options.baseUrl,
      requestTimeoutMs: this.options.requestTimeoutMs,
      http: this.http.axiosRef,
      rateLimiter: this.rateLimiter,
      aroundCall: this.telemetry.around,
    });
  }
}
