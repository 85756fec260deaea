import { MikroORM } from '@mikro-orm/core';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { configureApi } from './api/index.js';
import { AppModule } from './app.module.js';
import type { Environment } from './config/environment.js';

/** The host with its tables made, ready to listen. */
export async function createHost(
  environment: Environment,
  logLevels: LogLevel[] = ['warn', 'error', 'fatal'],
): Promise<NestExpressApplication> {
  const logger = new ConsoleLogger({ logLevels, json: environment.logFormat === 'json' });
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(environment), { logger });
  app.enableShutdownHooks();
  configureApi(app);
  await app.get(MikroORM).migrator.up();
  return app;
}
