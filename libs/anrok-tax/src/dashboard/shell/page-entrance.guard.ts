import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PagePlace } from './page-place.js';

/** No script, style or frame but our own, whatever gets into a page. */
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    ...['script-src', 'style-src', 'img-src', 'connect-src', 'font-src', 'form-action'].map((what) => `${what} 'self'`),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

const places = new WeakMap<object, PagePlace>();

/** Of a request that came through the entrance. */
export function placeOf(request: object): PagePlace {
  return places.get(request)!;
}

/** The first guard of every page: refuses nobody, and sees to it that whatever is answered is answered safely. */
@Injectable()
export class PageEntrance implements CanActivate {
  constructor(private readonly adapters: HttpAdapterHost) {}

  canActivate(context: ExecutionContext): true {
    const http = context.switchToHttp();
    const { httpAdapter } = this.adapters;
    for (const [name, value] of Object.entries(HEADERS)) httpAdapter.setHeader(http.getResponse(), name, value);
    const request = http.getRequest<object>();
    places.set(request, PagePlace.of(httpAdapter.getRequestUrl(request) as string, depthOf(context)));
    return true;
  }
}

/** How many segments the route has below the dashboard's address, which prefixes and modules come before. */
function depthOf(context: ExecutionContext): number {
  const paths = [context.getClass(), context.getHandler()].map(
    (target) => Reflect.getMetadata('path', target) as string,
  );
  return paths.join('/').split('/').filter(Boolean).length;
}
