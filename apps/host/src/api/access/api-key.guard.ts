import type { IncomingMessage } from 'node:http';
import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions } from './access.module-definition.js';
import { isSame } from './session.js';

/** Lets in who shows the key: `Authorization: Bearer <key>`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(ACCESS_OPTIONS) protected readonly options: AccessOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const header = context.switchToHttp().getRequest<IncomingMessage>().headers.authorization ?? '';
    const shown = /^Bearer +(\S+)$/i.exec(header)?.[1];
    if (shown === undefined || !isSame(shown, this.options.apiKey)) throw new UnauthorizedException();
    return true;
  }
}
