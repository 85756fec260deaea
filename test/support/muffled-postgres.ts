import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

/** Of PostgreSQL's protocol: one byte of type, then the length of the rest, itself included. */
const NOTIFICATION = 'A'.charCodeAt(0);

/** A way to PostgreSQL on which no notification arrives, as through a pooler that hands out other connections. */
export class MuffledPostgres {
  private readonly server: net.Server;
  private readonly sockets = new Set<net.Socket>();

  private constructor(server: net.Server) {
    this.server = server;
  }

  static async before(url: string): Promise<MuffledPostgres> {
    const { hostname, port } = new URL(url);
    const server = net.createServer();
    const muffled = new MuffledPostgres(server);
    server.on('connection', (client) => muffled.join(client, net.connect(Number(port), hostname)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return muffled;
  }

  /** The same database by this way. */
  urlOf(database: string): string {
    const url = new URL(database);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.href;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: net.Socket, postgres: net.Socket): void {
    let rest = Buffer.alloc(0);
    client.pipe(postgres);
    postgres.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 5) {
        const length = 1 + rest.readUInt32BE(1);
        if (rest.length < length) break;
        if (rest[0] !== NOTIFICATION) client.write(rest.subarray(0, length));
        rest = rest.subarray(length);
      }
    });
    for (const [one, other] of [
      [client, postgres],
      [postgres, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }
}
