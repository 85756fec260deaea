#!/usr/bin/env node
import { startAnrokSimulator } from './anrok-simulator.js';
import { HELP, parseCommandLine } from './command-line.js';
import { messageOf } from './error.message.js';
import type { AnrokSimulatorOptions } from './simulator.options.js';

const command = parseCommandLine(process.argv.slice(2));
if (command.kind === 'help') process.stdout.write(HELP);
else if (command.kind === 'misunderstood') complain(command.complaint, 2);
else await start(command.options);

async function start(options: AnrokSimulatorOptions): Promise<void> {
  try {
    const simulator = await startAnrokSimulator(options);
    const stop = () => void simulator.close();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    process.stdout.write(`Anrok simulator at ${simulator.url} with key ${simulator.apiKey}\n`);
  } catch (error) {
    complain(messageOf(error), 1);
  }
}

function complain(sentence: string, exitCode: number): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}
