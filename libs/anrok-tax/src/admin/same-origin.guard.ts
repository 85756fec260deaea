import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Refuses what another site's page makes a browser send: it would come with the cookies of whoever is signed in here.
 * Programs send neither header and are let through; they have no cookies.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<{ method: string; headers: IncomingHttpHeaders }>();
    if (method === 'GET' || method === 'HEAD' || isFromHere(headers)) return true;
    throw new ForbiddenException('The request came from a page of another site.');
  }
}

function isFromHere({ origin, host, ...headers }: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  const shown = headers['x-forwarded-host'] ?? host;
  return URL.parse(origin)?.host === shown;
}
