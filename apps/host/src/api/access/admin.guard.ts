import type { IncomingMessage } from 'node:http';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ApiKeyGuard } from './api-key.guard.js';
import { showsSession } from './session.js';

/** Lets in programs that show the key, and people whose browser is signed in with it. */
@Injectable()
export class AdminGuard extends ApiKeyGuard {
  override canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<IncomingMessage>();
    return showsSession(headers.cookie, this.options.apiKey) || super.canActivate(context);
  }
}
