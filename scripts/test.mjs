// Runs Jest and closes with the plain sum of all tests: "N passed, N failed".
// Arguments go to Jest: npm test -- libs/tax
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'jest-')), 'report.json');
const jest = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
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
