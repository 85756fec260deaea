import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';

export const isRedisInstalled = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of one's own that keeps nothing, on a free port; it can be killed, and started again there, empty. */
export class RedisServer {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'redis-'));
  private child: ChildProcess | undefined;
  private readonly port: number;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.startAgain();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Resolves when it answers. */
  async startAgain(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn('redis-server', [...options, '--dir', this.folder], { stdio: 'ignore' });
    await this.ask((redis) => redis.ping());
  }

  /** Forgets everything. */
  async flush(): Promise<void> {
    await this.ask((redis) => redis.flushall());
  }

  /** All jobs of a queue, whatever their state. */
  async jobs(queue: string): Promise<Record<string, string>[]> {
    const jobs = await this.ask(async (redis) => {
      const keys = (await redis.keys(`bull:${queue}:*`)).filter((key) => /:\d+$/.test(key));
      return Promise.all(keys.toSorted().map((key) => redis.hgetall(key)));
    });
    return jobs;
  }

  /** With SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }

  /** Waits until it is up. */
  private async ask<Answer>(question: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    const redis = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    redis.on('error', () => {});
    const answer = await question(redis);
    redis.disconnect();
    return answer;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
