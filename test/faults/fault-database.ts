import { MikroORM } from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type Postgres, startPostgres } from '../../scripts/postgres.mjs';

/** Where a document stands, as the module has it written down. */
export interface RecordRow {
  readonly id: string;
  readonly document_kind: 'invoice' | 'credit_note' | 'fee';
  readonly document_id: string;
  readonly customer_id: string;
  readonly status: string;
  readonly lease_owner: string | null;
  readonly due_at: Date | null;
  readonly takeovers: number;
  readonly doubtful_parts: number;
  readonly problem_code: string | null;
  readonly problem: { readonly message: string; readonly remedy: string } | null;
}

/** And nothing of it is still to be confirmed. */
export const isDone = ({ status, due_at }: RecordRow) => status === 'synced' && due_at === null;

export const isPoison = ({ customer_id }: RecordRow) => customer_id.startsWith('poison');

/** A resync, as the module has it written down. */
export interface ResyncRow {
  readonly id: string;
  readonly status: string;
  readonly lease_owner: string | null;
  readonly problem: { readonly message: string } | null;
  readonly done: number;
}

/** A PostgreSQL of its own, which can be crashed, and looked into past the hosts. */
export class FaultDatabase {
  private constructor(private readonly postgres: Postgres) {}

  static async start(): Promise<FaultDatabase> {
    const database = new FaultDatabase(await startPostgres());
    await database.with((orm) => orm.schema.ensureDatabase());
    return database;
  }

  get options() {
    return { driver: PostgreSqlDriver, clientUrl: this.postgres.url };
  }

  crash(): Promise<void> {
    return this.postgres.crash();
  }

  resume(): Promise<void> {
    return this.postgres.resume();
  }

  stop(): Promise<void> {
    return this.postgres.stop();
  }

  /** Ends so many of a hundred connections, and at least one. */
  async cutConnections(percent: number): Promise<void> {
    await this.query(
      `select pg_terminate_backend(pid)
       from (select pid, 100 * percent_rank() over (order by random()) as rank from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()) as connection
       where rank <= ?`,
      [percent],
    );
  }

  records(): Promise<RecordRow[]> {
    return this.query('select * from anrok_sync_record order by requested_at');
  }

  resyncs(): Promise<ResyncRow[]> {
    return this.query('select * from anrok_resync_run order by started_at');
  }

  private query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.with((orm) =>
      orm.em
        .fork()
        .getConnection()
        .execute<Row[]>(sql, [...parameters]),
    );
  }

  /** Over a connection of its own: one that is kept would be cut with the others. */
  private async with<T>(work: (orm: MikroORM<PostgreSqlDriver>) => Promise<T>): Promise<T> {
    const orm = await MikroORM.init({ ...this.options, entities: [], discovery: { warnWhenNoEntities: false } });
    try {
      return await work(orm);
    } finally {
      await orm.close(true);
    }
  }
}
