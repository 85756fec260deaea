import type { DynamicModule } from '@nestjs/common';
import { AppModule } from './app.module.js';
import { loadEnvironment } from './config/environment.js';

/** The host for commands: it does what it is told, and nothing by itself. @throws EnvironmentError */
export function commandLineModule(): DynamicModule {
  return AppModule.register({ ...loadEnvironment(), worker: false });
}
