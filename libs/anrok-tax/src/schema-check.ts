import { EntityManager, type EntityName, InvalidFieldNameException, TableNotFoundException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { anrokTaxEntities } from './entities.js';
import { AnrokTaxConfigurationError } from './options/configuration.error.js';

/** Refuses to start on a database that lacks the module's tables or columns: the first invoice would find out. */
@Injectable()
export class SchemaCheck implements OnModuleInit {
  constructor(private readonly em: EntityManager) {}

  async onModuleInit(): Promise<void> {
    const entities = anrokTaxEntities as EntityName<object>[];
    const unknown = entities.some((entity) => !this.em.getMetadata().find(entity));
    const flaw = unknown ? UNKNOWN : await this.flawOf(entities);
    if (flaw) throw new AnrokTaxConfigurationError([flaw]);
  }

  private async flawOf(entities: readonly EntityName<object>[]): Promise<string | undefined> {
    const wrong: { table: string; reason: string }[] = [];
    for (const entity of entities) {
      const meta = this.em.getMetadata().get(entity);
      const columns = meta.props.filter((prop) => prop.fieldNames).map((prop) => prop.name);
      try {
        const em = this.em.fork() as SqlEntityManager;
        await em.createQueryBuilder(entity).select(columns).where('1 = 0').execute();
      } catch (error) {
        // whatever else keeps a database from answering is no fault of its tables
        if (!this.isOfTables(error as Error)) throw error;
        wrong.push({ table: meta.tableName, reason: (error as Error).message.split('\n')[0]! });
      }
    }
    const [first, ...others] = wrong;
    if (!first) return undefined;
    const rest = others.length > 0 ? `, and so is ${others.map(({ table }) => table).join(', ')}` : '';
    return (
      `The table ${first.table} is missing or out of date (${first.reason})${rest}: add ...anrokTaxMigrations to ` +
      "MikroORM's migrations.migrationsList, and run: npx mikro-orm migration:up"
    );
  }

  private isOfTables(error: Error): boolean {
    const known = this.em.getPlatform().getExceptionConverter().convertException(error);
    return known instanceof TableNotFoundException || known instanceof InvalidFieldNameException;
  }
}

const UNKNOWN = 'MikroORM does not know the module: add ...anrokTaxEntities to its entities.';
