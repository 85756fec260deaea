import type { Command } from 'commander';
import { AnrokTaxConfigurationError } from '../../options/configuration.error.js';
import { HostNotLoadableError, HostNotNamedError, HostWithoutModuleError } from '../cli.error.js';
import { examine } from '../doctor/checks.js';
import { gatherFacts } from '../doctor/doctor.facts.js';
import { type Finding, type Level, problem } from '../doctor/finding.js';
import { FAILED, FINE, reasonOf, type Runner, type Session } from '../session.js';
import { styled } from '../terminal.js';

export function doctorCommand(program: Command, run: Runner): void {
  program
    .command('doctor')
    .description('looks at everything that has to be in order, and says what to do about what is not; changes nothing')
    .action(
      run(async (session) => {
        const findings = await findingsOf(session);
        const healthy = findings.every(({ level }) => level !== 'problem');
        session.terminal.answer({ healthy, findings }, () => textOf(findings));
        return healthy ? FINE : FAILED;
      }),
    );
}

/** An application that does not start is a finding as well: often the only one, and the reason for all the rest. */
async function findingsOf({ open }: Session): Promise<Finding[]> {
  let host;
  try {
    host = await open();
  } catch (error) {
    return notStarted(error);
  }
  try {
    return examine(await gatherFacts(host));
  } finally {
    await host.close();
  }
}

function notStarted(error: unknown): Finding[] {
  const usage = [HostNotNamedError, HostNotLoadableError, HostWithoutModuleError];
  if (usage.some((kind) => error instanceof kind)) throw error;
  if (error instanceof AnrokTaxConfigurationError)
    return error.flaws.map((flaw) => problem('setup', flaw, error.remedy));
  const remedy = 'Make that it starts, its database and its settings above all, and ask again.';
  return [problem('application', `It does not start: ${reasonOf(error)}`, remedy)];
}

const MARKS: Readonly<Record<Level, () => string>> = {
  ok: () => styled('green', 'ok     '),
  warning: () => styled('yellow', 'warning'),
  problem: () => styled('red', 'PROBLEM'),
};

function textOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.map(({ check, level, message, remedy }) => {
    const line = `${MARKS[level]()}  ${check.padEnd(width)}  ${message}`;
    return remedy ? `${line}\n${' '.repeat(width + 11)}${styled('dim', '→')} ${remedy}` : line;
  });
  return `${lines.join('\n')}\n\n${summary(findings)}`;
}

function summary(findings: readonly Finding[]): string {
  const count = (wanted: Level) => findings.filter(({ level }) => level === wanted).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  return `${problems} problem${problems === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}.`;
}
