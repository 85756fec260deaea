import { ConnectionService } from '@anrok-nest/module';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';

export const ANROK_KEY_OF_ENVIRONMENT = Symbol('ANROK_KEY_OF_ENVIRONMENT');

/** Sees to it that there is a connection `anrok` with the key from the environment, if there is one. */
@Injectable()
export class EnvironmentConnection implements OnApplicationBootstrap {
  constructor(
    private readonly connections: ConnectionService,
    @Inject(ANROK_KEY_OF_ENVIRONMENT) private readonly apiKey: string | null,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.apiKey) await this.connections.ensure({ code: 'anrok', name: 'Anrok', apiKey: this.apiKey });
  }
}
