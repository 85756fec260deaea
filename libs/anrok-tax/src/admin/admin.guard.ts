import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';

/** The guard that the host gave. */
export const ADMIN_GUARD = Symbol('ANROK_ADMIN_GUARD');

/** Lets nobody to the module's routes but whom the host's guard lets in. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(@Inject(ADMIN_GUARD) private readonly guard: CanActivate) {}

  canActivate(context: ExecutionContext) {
    return this.guard.canActivate(context);
  }
}
