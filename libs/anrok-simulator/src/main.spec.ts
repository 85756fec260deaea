import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aTransaction } from './testing/document.builder.js';
import { reply } from './testing/simulators.js';

/** The command as built: what runs here is what is installed. */
const MAIN = path.join(import.meta.dirname, '..', 'dist', 'main.js');
const KEY = 'acme/k1/secret.x';

let folder: string;
let running: ChildProcess[] = [];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anrok-simulator-'));
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
  fs.rmSync(folder, { recursive: true });
});

function run(...words: string[]) {
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (output.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output.err += text.toString()));
  const closed = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }));
  const started = async () => {
    await Promise.race([once(child.stdout, 'data'), closed]);
    const [, url, key] = /at (\S+) with key (\S+)\n/.exec(output.out) ?? [];
    if (url === undefined) throw new Error(`It did not start: ${output.err}`);
    return [url, key] as const;
  };
  return { child, closed, started };
}
const record = (url: string, id: string) =>
  reply(`${url}/v1/seller/transactions/createOrUpdate`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(aTransaction(id)),
  });

describe('the command anrok-simulator', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints one line with url and key, serves, and ends well by %s',
    async (signal) => {
      const { child, started, closed } = run('--port', '0', '--key', KEY);
      const [url, key] = await started();
      expect(key).toBe(KEY);
      expect(await record(url, 'inv-1')).toMatchObject({ status: 200 });
      child.kill(signal);
      const { code, out, err } = await closed;
      expect([code, out, err]).toEqual([0, `Anrok simulator at ${url} with key ${KEY}\n`, '']);
    },
  );

  it('has its books after SIGKILL', async () => {
    const words = ['--port', '0', '--key', KEY, '--data', path.join(folder, 'books.json')];
    const first = run(...words);
    const [url] = await first.started();
    await record(url, 'inv-1');
    first.child.kill('SIGKILL');
    await first.closed;
    const [again] = await run(...words).started();
    expect((await reply(`${again}/_simulator/books`)).body).toMatchObject({
      transactions: [{ id: 'inv-1', version: 1 }],
    });
    expect((await record(again, 'inv-1')).body).toMatchObject({ version: 2 });
  });

  it('says what it understands', async () => {
    expect(await run('--help').closed).toMatchObject({ code: 0, out: expect.stringContaining('--limit N'), err: '' });
  });

  it('ends with 2 and a sentence on a wrong flag', async () => {
    expect(await run('--prot', '1').closed).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining("'--prot'"),
    });
  });

  it('ends with 1 and a sentence when the port is taken', async () => {
    const [url] = await run('--port', '0').started();
    expect(await run('--port', new URL(url).port).closed).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('EADDRINUSE'),
    });
  });
});
