import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/core';
import { testDatabase } from '../api/testing/test-database.js';

describe('the migrations', () => {
  let orm: MikroORM;
  beforeAll(async () => {
    orm = await MikroORM.init(testDatabase());
  });
  afterAll(async () => {
    await orm.schema.dropDatabase();
    await orm.close();
  });

  it('make exactly the tables that the entities describe', async () => {
    await orm.migrator.up();
    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
    expect(await orm.migrator.checkSchema()).toBe(false);
  });

  it('leave nothing behind when they are taken back', async () => {
    const statements = (sql: string) =>
      sql
        .split('\n')
        .filter((line) => line.trim() !== '')
        .toSorted();
    await orm.migrator.down({ to: 0 });
    expect(statements(await orm.schema.getUpdateSchemaSQL({ wrap: false }))).toEqual(
      statements(await orm.schema.getCreateSchemaSQL({ wrap: false })),
    );
  });
});
