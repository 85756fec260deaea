import { ConsoleLogger, type LogLevel } from '@nestjs/common';

const VERBOSE: LogLevel[] = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];

/** The host's log: the standard output is for answers. Nothing but what a command itself says, unless verbose. */
export class StderrLogger extends ConsoleLogger {
  constructor(verbose: boolean) {
    super({ logLevels: verbose ? VERBOSE : [], colors: process.stderr.isTTY && process.stderr.hasColors() });
  }

  protected override printMessages(messages: unknown[], context?: string, logLevel?: LogLevel): void {
    super.printMessages(messages, context, logLevel, 'stderr');
  }
}
