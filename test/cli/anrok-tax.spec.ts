import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ANROK_TAX, runCommand } from '../support/command-process.js';

const HOST = new URL('../../apps/host/dist/command-line.module.js', import.meta.url).pathname;

describe('npx anrok-tax', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'anrok-tax-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]) => runCommand(ANROK_TAX, args, { cwd: path.join(folder, 'inner') });
  const packageJson = (content: string) => {
    mkdirSync(path.join(folder, 'inner'));
    writeFileSync(path.join(folder, 'package.json'), content);
  };

  it('loads the host that the nearest package.json names, and has nothing but the answer on its output', async () => {
    packageJson(JSON.stringify({ 'anrok-tax': { app: `${path.relative(folder, HOST)}#commandLineModule` } }));
    const { code, out, err } = await run('doctor', '--json', '--verbose');
    // the folder of its database is not there
    expect({ code, answer: JSON.parse(out) as unknown }).toEqual({
      code: 1,
      answer: { healthy: false, findings: [expect.objectContaining({ level: 'problem', remedy: expect.anything() })] },
    });
    expect(err).toContain('Starting Nest application');
  });

  it.each([
    ['{}', ['doctor'], /^It is not said which application .*\n.*--app .*\(host_not_named\)\n$/],
    ['{', ['doctor'], /package\.json can not be loaded: it is not JSON/],
    [
      '{}',
      ['doctor', '--app', './dist/nothing.js'],
      /^The application \.\/dist\/nothing\.js can not be loaded: Cannot/,
    ],
    ['{}', ['doctor', '--app', HOST], /"AppModule" is no module there; it exports commandLineModule/],
    ['{}', ['doktor'], /unknown command 'doktor'/],
  ])('with the package.json %s used as %j ends with 2 and says what to do', async (content, args, sentence) => {
    packageJson(content);
    expect(await run(...args)).toEqual({ code: 2, out: '', err: expect.stringMatching(sentence) });
  });

  it('starts the simulator that is installed, with its options', async () => {
    packageJson('{}');
    expect(await run('simulator', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--port PORT') });
    expect(await run('simulator', '--port', 'x')).toMatchObject({ code: 2, out: '' });
  });
});
