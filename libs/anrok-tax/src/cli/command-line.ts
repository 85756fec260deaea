import { Command, CommanderError, Option } from 'commander';
import { connectionsCommand } from './commands/connections.command.js';
import { doctorCommand } from './commands/doctor.command.js';
import { estimateCommand } from './commands/estimate.command.js';
import { mappingsCommand } from './commands/mappings.command.js';
import { recordCommand } from './commands/record.command.js';
import { resyncCommand } from './commands/resync.command.js';
import { simulatorCommand } from './commands/simulator.command.js';
import { type HostModule, hostReference, loadHostModule } from './host-module.js';
import { openHost } from './open-host.js';
import { exitCodeOf, type Runner, sentencesOf, type Session, stacksOf, WRONG_USAGE } from './session.js';
import { StderrLogger } from './stderr.logger.js';
import { printable, Terminal } from './terminal.js';

export interface CommandLineOptions {
  /** How it is called, for its help. */
  readonly name: string;
  /** The host's module, where it is known. Otherwise `--app` or the package.json says. */
  readonly host?: HostModule;
}

interface GlobalOptions {
  readonly app?: string;
  readonly json?: true;
  readonly verbose?: true;
}

/** The module's commands. A host can add its own. */
export function anrokTaxCommandLine({ name, host }: CommandLineOptions): Command {
  const program = new Command(name)
    .description('Looks after the Anrok taxes of an application with AnrokTaxModule.')
    .addOption(
      new Option('--app <file#export>', 'the root module, such as ./dist/app.module.js#AppModule').hideHelp(
        host !== undefined,
      ),
    )
    .option('--json', 'answers for machines')
    .option('--verbose', 'the log of the application, and the stacks of errors')
    .addHelpText('after', '\nExit codes: 0 all is fine, 1 something is not or has failed, 2 used wrongly.')
    .showHelpAfterError(`(${name} --help says how it is used)`)
    .exitOverride();
  const run: Runner =
    (work) =>
    async (...args) => {
      const code = await work(sessionOf(program.opts<GlobalOptions>(), host), ...args);
      if (code) process.exitCode = code;
    };
  doctorCommand(program, run);
  connectionsCommand(program, run);
  mappingsCommand(program, run);
  estimateCommand(program, run);
  recordCommand(program, run);
  resyncCommand(program, run);
  simulatorCommand(program, run);
  return program;
}

function sessionOf({ app, json, verbose }: GlobalOptions, known: HostModule | undefined): Session {
  const open = async () => {
    const host = known ?? (await loadHostModule(hostReference(app, process.cwd())));
    return openHost(host, new StderrLogger(verbose === true));
  };
  return {
    terminal: new Terminal(process.stdout, process.stderr, json === true),
    open,
    withHost: async (work) => {
      const host = await open();
      try {
        return await work(host);
      } finally {
        await host.close();
      }
    },
  };
}

/** Carries out what the arguments say, and ends the process with an exit code. */
export async function runCommandLine(program: Command, args: readonly string[]): Promise<never> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
    else {
      process.exitCode = exitCodeOf(error);
      process.stderr.write(`${printable(sentencesOf(error))}\n`);
      if (program.opts<GlobalOptions>().verbose) process.stderr.write(`${stacksOf(error)}\n`);
    }
  }
  // a host that did not start leaves open what it had opened
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit();
}
