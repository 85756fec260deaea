import { type DynamicModule, Module } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions } from './access.module-definition.js';
import { ApiKeyGuard } from './api-key.guard.js';

/** What `ApiKeyGuard` needs, for every module whose controllers stand behind it. */
@Module({})
export class AccessModule {
  static register(options: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      providers: [{ provide: ACCESS_OPTIONS, useValue: options }, ApiKeyGuard],
      // Nest makes a guard in the module of its controller: what the guard asks for has to be at hand there
      exports: [ACCESS_OPTIONS, ApiKeyGuard],
    };
  }
}
