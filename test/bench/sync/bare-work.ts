import { MikroORM } from '@mikro-orm/core';
import axios, { type AxiosInstance } from 'axios';
import { type BenchDatabase, databaseOptions } from '../databases.ts';
import type { AnrokAt } from '../scene/bench-module.ts';
import { Invoices } from './invoices.table.ts';

/** An invoice as it is posted: by everybody the same. */
export interface PostedInvoice {
  readonly path: string;
  readonly body: object;
  /** What the ids at Anrok begin with. */
  readonly prefix: string;
}

/** What a peer does with an invoice: the same load, the same call, the same update; and nothing else. */
export class BareWork {
  readonly invoices: Invoices;
  private readonly http: AxiosInstance;
  private readonly orm: MikroORM;
  private readonly posted: PostedInvoice;

  private constructor(orm: MikroORM, { url, apiKey }: AnrokAt, posted: PostedInvoice) {
    this.orm = orm;
    this.posted = posted;
    this.invoices = new Invoices(orm.em.fork());
    this.http = axios.create({ baseURL: url, headers: { authorization: `Bearer ${apiKey}` } });
  }

  static async start(database: BenchDatabase, anrok: AnrokAt, posted: PostedInvoice): Promise<BareWork> {
    const options = { entities: [], discovery: { warnWhenNoEntities: false } };
    return new BareWork(await MikroORM.init({ ...databaseOptions(database), ...options }), anrok, posted);
  }

  async tax(id: string): Promise<void> {
    await this.invoices.load(id);
    const { path, body, prefix } = this.posted;
    const { data } = await this.http.post<{ taxAmountToCollect: string }>(path, { ...body, id: prefix + id });
    await this.invoices.apply(id, Number(data.taxAmountToCollect));
  }

  async close(): Promise<void> {
    await this.orm.close();
  }
}
