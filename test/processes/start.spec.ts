import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { emptyDatabase } from '../support/database.js';

const MAIN = new URL('../../apps/host/dist/main.js', import.meta.url).pathname;

describe('npm start', () => {
  let folder: string;
  let databaseUrl: string | undefined;
  let running: ChildProcess | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'start-'));
    databaseUrl = (await emptyDatabase()).clientUrl;
  });
  afterEach(async () => {
    await kill();
    rmSync(folder, { recursive: true });
  });

  const kill = async () => {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  /** Starts it where its data is, and answers what it has said when it is ready. */
  const start = async (env: Record<string, string> = {}) => {
    const environment = { PORT: '0', ...(databaseUrl && { DATABASE_URL: databaseUrl }), ...env };
    running = spawn(process.execPath, [MAIN], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    for await (const line of createInterface({ input: running.stdout! })) {
      lines.push(line);
      if (line.startsWith('Look at')) break;
    }
    return { table: lines.filter((line) => line.startsWith('│')), url: lines.at(-1)?.replace('Look at ', ''), lines };
  };
  const cells = (row: string) =>
    row
      .split('│')
      .slice(1, -1)
      .map((cell) => cell.trim());

  it('shows for every customer what came of the tax, and why it failed where it did', async () => {
    const { table, lines } = await start();
    const [head, ...rows] = table.map(cells);
    expect(head).toEqual(['Customer', 'Invoice', 'Subtotal', 'Tax', 'Status', 'Anrok transaction']);
    expect(rows).toContainEqual([
      'Hudson Analytics, New York',
      expect.stringMatching(/^INV-\d{4}-000001$/),
      '1699.00 USD',
      '106.50 USD',
      'finalized',
      expect.stringMatching(/^host:invoice:/),
    ]);
    expect(rows.map(([, , , tax, status]) => [tax, status])).toEqual([
      ['106.50 USD', 'finalized'],
      ['237.60 USD', 'finalized'],
      ['0.00 USD', 'finalized'],
      ['179.70 CAD', 'finalized'],
      ['0.00 EUR', 'finalized'],
      ['200.00 EUR', 'finalized'],
      ['', 'failed'],
      ['49.90 USD', 'finalized'],
      // a week of USD 20.00, and 50,750 calls at a quarter of a cent
      ['8.81 USD', 'finalized'],
    ]);
    expect(rows.at(-1)?.slice(0, 3)).toEqual([
      'Liberty Freight, Philadelphia',
      expect.stringMatching(/^INV-\d{4}-000009$/),
      '146.88 USD',
    ]);
    expect(lines.join('\n')).toContain('No Anrok product is mapped to add_on "workshop"');
  });

  it('goes on from the data that it left, also when it was killed', async () => {
    const { table, url } = await start();
    await kill();
    const again = await start();
    expect(again.table).toEqual(table);
    expect(again.url).not.toBe(url);
  });

  it('heals what failed when the command on its page is followed', async () => {
    const { url } = await start();
    const page = (await (await fetch(url!)).text()).replaceAll('&#39;', "'").replaceAll('&#34;', '"');
    const [, body] = /-X PUT .*\n +-d '(.+)'/.exec(page)!;
    const headers = { authorization: 'Bearer host_api_key', 'content-type': 'application/json' };
    const mapped = await fetch(`${url}/anrok/api/connections/anrok/mappings`, { method: 'PUT', headers, body: body! });
    expect(mapped.status).toBe(200);
    for (let failed = 1; failed > 0;) {
      const { invoices } = (await (await fetch(`${url}/api/v1/invoices?status=failed`, { headers })).json()) as {
        invoices: object[];
      };
      failed = invoices.length;
    }
    await kill();
    const [, , , , , , , harbour] = (await start()).table.map(cells);
    expect(harbour).toEqual([
      'Harbour Events, Sydney',
      expect.stringMatching(/^INV-\d{4}-000007$/),
      '800.00 AUD',
      '80.00 AUD',
      'finalized',
      expect.stringMatching(/^host:invoice:/),
    ]);
  });

  it('invoices nothing by itself where there is an Anrok account', async () => {
    const { table, url } = await start({ ANROK_API_KEY: 'seller/key/secret', ANROK_BASE_URL: 'http://127.0.0.1:9' });
    expect(table).toEqual([]);
    expect(await (await fetch(url!)).text()).toContain('There are no invoices yet.');
  });

  it('says in sentences what is wrong with its environment', async () => {
    running = spawn(process.execPath, [MAIN], { cwd: folder, env: { PORT: 'x', WORKER: 'maybe' } });
    let said = '';
    running.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    const [code] = (await once(running, 'exit')) as [number];
    expect(code).toBe(1);
    expect(said).toBe(
      'These environment variables are wrong:\n  PORT: give a whole number from 0 to 65535.\n  WORKER: give on or off.\n',
    );
  });
});
