import type { IncomingMessage } from 'node:http';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { isCrossSite } from './cross-site.js';
import { CrossSiteRequestError } from './cross-site.error.js';

/** The guard that the host gave. */
export const ADMIN_GUARD = Symbol('ANROK_ADMIN_GUARD');

/**
 * Before every route of the module: lets nobody in but whom the host's guard lets in, and changes nothing for the pages
 * of other sites.
 */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(@Inject(ADMIN_GUARD) private readonly guard: CanActivate) {}

  /** @throws CrossSiteRequestError */
  canActivate(context: ExecutionContext) {
    if (isCrossSite(context.switchToHttp().getRequest<IncomingMessage>())) throw new CrossSiteRequestError();
    return this.guard.canActivate(context);
  }
}
