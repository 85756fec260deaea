import { EntityManager, type EntityName } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { anrokTaxEntities } from './entities.js';
import { AnrokTaxConfigurationError } from './options/configuration.error.js';

/** Refuses to start on a database that lacks the module's tables or columns: the first invoice would find out. */
@Injectable()
export class SchemaCheck implements OnModuleInit {
  constructor(private readonly em: EntityManager) {}

  async onModuleInit(): Promise<void> {
    const flaws: string[] = [];
    for (const entity of anrokTaxEntities as EntityName<object>[]) {
      const flaw = await this.flawOf(entity);
      if (flaw) flaws.push(flaw);
    }
    if (flaws.length > 0) throw new AnrokTaxConfigurationError(flaws);
  }

  private async flawOf(entity: EntityName<object>): Promise<string | undefined> {
    const meta = this.em.getMetadata().find(entity);
    if (!meta) return 'MikroORM does not know the module: add ...anrokTaxEntities to its entities.';
    const columns = meta.props.filter((prop) => prop.fieldNames).map((prop) => prop.name);
    try {
      const em = this.em.fork() as SqlEntityManager;
      await em.createQueryBuilder(entity).select(columns).where('1 = 0').execute();
      return undefined;
    } catch (error) {
      const reason = (error as Error).message.split('\n')[0];
      return (
        `The table ${meta.tableName} is missing or out of date (${reason}): add ...anrokTaxMigrations to MikroORM's ` +
        'migrations.migrationsList, and run: npx mikro-orm migration:up'
      );
    }
  }
}
