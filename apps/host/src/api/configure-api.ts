import type { NestExpressApplication } from '@nestjs/platform-express';

/** What the API needs of the application around it. Call it before the application listens. */
export function configureApi(app: NestExpressApplication): void {
  // an invoice of some thousand lines is more than the 100 kB that are the default
  app.useBodyParser('json', { limit: '4mb' });
}
