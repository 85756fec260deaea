import type { Command } from 'commander';
import { toConnectionView } from '../../admin/connection.dto.js';
import { ConnectionService } from '../../settings/connection.service.js';
import type { Runner } from '../session.js';
import { table } from '../terminal.js';

export function connectionsCommand(program: Command, run: Runner): void {
  const connections = program
    .command('connections')
    .description('the Anrok accounts, their keys masked')
    .action(
      run(({ terminal, withHost }) =>
        withHost(async (host) => {
          const all = await host.get(ConnectionService, { strict: false }).list();
          const views = all.map((connection) => ({
            ...toConnectionView(connection),
            paused: Boolean(connection.pausedAt),
            problem: connection.pausedProblem ?? null,
          }));
          terminal.answer({ connections: views }, () =>
            views.length === 0
              ? 'There is no connection yet.'
              : table(
                  [{ head: 'Code' }, { head: 'Name' }, { head: 'Key' }, { head: 'State' }],
                  views.map(({ code, name, apiKey, paused, problem }) => [
                    code,
                    name,
                    apiKey,
                    paused ? `paused: ${problem?.message ?? 'its key was refused'}` : 'open',
                  ]),
                ),
          );
        }),
      ),
    );
  connections
    .command('test')
    .argument('<code>')
    .description('asks Anrok whether it takes the key: pauses the connection if not, and lets it go on if so')
    .action(
      run(({ terminal, withHost }, code: string) =>
        withHost(async (host) => {
          const service = host.get(ConnectionService, { strict: false });
          await service.test(await service.byCode(code));
          terminal.answer({ ok: true, connection: code }, () => `Anrok takes the key of "${code}".`);
        }),
      ),
    );
}
