import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Command } from 'commander';
import { SimulatorNotInstalledError } from '../cli.error.js';
import { FAILED, type Runner } from '../session.js';

const PACKAGE = '@anrok-nest/simulator/package.json';

export function simulatorCommand(program: Command, run: Runner): void {
  program
    .command('simulator')
    .description('starts a local Anrok, if @anrok-nest/simulator is installed; simulator --help shows its options')
    .argument('[options...]', 'of the simulator')
    .allowUnknownOption()
    .helpOption(false)
    .action(
      run(async (_session, options: string[]) => {
        const child = spawn(process.execPath, [simulatorScript(process.cwd()), ...options], { stdio: 'inherit' });
        const pass = (signal: NodeJS.Signals) => child.kill(signal);
        process.on('SIGINT', pass).on('SIGTERM', pass);
        const [code] = (await once(child, 'exit')) as [number | null];
        return code ?? FAILED;
      }),
    );
}

/** The simulator that is installed where the command is run, else beside this package. @throws SimulatorNotInstalledError */
export function simulatorScript(folder: string): string {
  for (const from of [path.join(folder, 'package.json'), import.meta.url]) {
    let file: string;
    try {
      file = createRequire(from).resolve(PACKAGE);
    } catch {
      continue;
    }
    const { bin } = JSON.parse(readFileSync(file, 'utf8')) as { bin: Readonly<Record<string, string>> };
    return path.resolve(path.dirname(file), Object.values(bin)[0]!);
  }
  throw new SimulatorNotInstalledError();
}
