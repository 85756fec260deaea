// Runs Jest and closes with the plain sum of all tests: "N passed, N failed".
// Arguments go to Jest: npm test -- libs/tax
// With DATABASE_URL and no arguments, it leaves out what no database can change.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ON_A_DATABASE = ['apps/', 'test/host', 'test/lago-defects', 'test/model', 'test/module', 'test/processes'];

const [, , ...given] = process.argv;
const chosen = process.env.DATABASE_URL && given.length === 0 ? ON_A_DATABASE : given;
const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-')), 'report.json');
const jest = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${report}`,
    ...chosen,
  ],
  // with --json Jest repeats the report on its standard output; what people read goes to standard error
  { stdio: ['inherit', 'ignore', 'inherit'] },
);
const [code] = await once(jest, 'exit');
// a run that broke off leaves no report
const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = fs.existsSync(report)
  ? JSON.parse(fs.readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 1, numRuntimeErrorTestSuites: 0 };
fs.rmSync(path.dirname(report), { recursive: true });
console.log(`${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`);
process.exit(code ?? 1);
