import type { LimitUsage, RateLimiter } from '@anrok-nest/client';
import { Inject, Injectable } from '@nestjs/common';
import { ANROK_RATE_LIMITER } from './anrok-clients.js';
import type { Connection } from './connection.entity.js';

/** How much of Anrok's limit is used. */
@Injectable()
export class AnrokBudget {
  constructor(@Inject(ANROK_RATE_LIMITER) private readonly limiter: RateLimiter) {}

  /** Of the account that the connection leads to; undefined where the limiter can't tell, or the key not whose it is. */
  async of({ sellerId }: Connection): Promise<LimitUsage | undefined> {
    return sellerId ? this.limiter.usage?.(sellerId) : undefined;
  }
}
