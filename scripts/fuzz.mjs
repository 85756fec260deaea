// Fuzzes every parser of outside input with FUZZ_RUNS inputs each; by default about a million of them in total.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const FUZZ_RUNS = process.env.FUZZ_RUNS ?? '12000';
const tests = spawn(process.execPath, [path.join(import.meta.dirname, 'test.mjs'), 'test/fuzz', '--verbose'], {
  env: { ...process.env, FUZZ_RUNS },
  stdio: 'inherit',
});
const [code] = await once(tests, 'exit');
process.exit(code ?? 1);
