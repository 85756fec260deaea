import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConnectionService } from '../settings/connection.service.js';
import { HostWithoutModuleError } from './cli.error.js';
import { CommandProcessModule, unschedule } from './command-process.module.js';
import { type HostModule, rootModuleOf } from './host-module.js';

/** Starts the host, without a port and without its workers. @throws HostWithoutModuleError, or why it does not start */
export async function openHost(host: HostModule, logger: LoggerService): Promise<INestApplicationContext> {
  const root = CommandProcessModule.around(await rootModuleOf(host));
  const app = await NestFactory.createApplicationContext(root, { logger, abortOnError: false });
  unschedule(app);
  // what is under way when somebody interrupts is given back first
  app.enableShutdownHooks();
  try {
    app.get(ConnectionService, { strict: false });
  } catch {
    await app.close();
    throw new HostWithoutModuleError();
  }
  return app;
}
