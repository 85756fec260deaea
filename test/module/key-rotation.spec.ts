import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AnrokTaxModuleOptions, Connection } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

/** Without looking by itself. */
const WORKS = { enabled: true, pollIntervalMs: 86_400_000, idleIntervalMs: 86_400_000 };

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

describe('the key under which API keys are encrypted', () => {
  let folder: string;
  let database: DatabaseOptions;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'rotation-'));
    database = await emptyDatabase(path.join(folder, 'a.sqlite'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const running = async (options: Partial<AnrokTaxModuleOptions>, see: (tested: ModuleUnderTest) => Promise<void>) => {
    const tested = await startModule({ worker: WORKS, ...options }, { database });
    try {
      await see(tested);
    } finally {
      await tested.close();
    }
  };
  const stored = async ({ orm }: ModuleUnderTest) =>
    (await orm.em.fork().findOneOrFail(Connection, { code: 'anrok' })).encryptedApiKey;

  it('is exchanged without entering any API key again, and the old one can go', async () => {
    let before: string | undefined;
    await running({ encryptionKey: key(1) }, async (tested) => {
      before = await stored(tested);
    });
    let renewed: string | undefined;
    await running({ encryptionKey: key(2), decryptionKeys: [key(1)] }, async (tested) => {
      renewed = await stored(tested);
      expect(renewed).not.toBe(before);
    });
    await running({ encryptionKey: key(2), worker: { enabled: false } }, async (tested) => {
      expect(await stored(tested)).toBe(renewed);
      await tested.finalize(anInvoice());
      expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'synced' });
    });
  });

  it('stays what it is where a process that does not work starts with others', async () => {
    let before: string | undefined;
    await running({ encryptionKey: key(2) }, async (tested) => {
      before = await stored(tested);
    });
    await running({ encryptionKey: key(1), decryptionKeys: [key(2)], worker: { enabled: false } }, async (tested) => {
      expect(await stored(tested)).toBe(before);
    });
  });

  it('lets go on what could not be decrypted, once a process works with the right one', async () => {
    let right: string | undefined;
    await running({ encryptionKey: key(1) }, async (tested) => {
      right = await stored(tested);
    });
    await running({ encryptionKey: key(2), worker: { enabled: false } }, async (tested) => {
      await tested.orm.em.fork().nativeUpdate(Connection, { code: 'anrok' }, { encryptedApiKey: right! });
      await tested.finalize(anInvoice());
      expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'waiting', problemCode: 'api_key_unreadable' });
    });
    await running({ encryptionKey: key(1) }, async (tested) => {
      expect((await tested.recordOf('inv-1')).status).not.toBe('waiting');
    });
  });

  it('is refused as a further key where it is none', async () => {
    await expect(running({ decryptionKeys: ['short'] }, async () => {})).rejects.toThrow(
      'each of decryptionKeys must be 32 bytes in base64 or hex.',
    );
  });
});
