import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { expect, it } from '@jest/globals';
import { AnrokTaxBullModule, AnrokTaxQueues } from '@anrok-nest/module/bullmq';
import { anInvoice } from '@anrok-nest/tax/testing';
import axios from 'axios';
import { startModule } from '../support/module-under-test.js';
import { onRedis } from '../support/on-redis.js';
import { RedisServer } from '../support/redis-server.js';

interface BoardState {
  readonly queues: readonly {
    readonly name: string;
    readonly readOnlyMode: boolean;
    readonly jobs: readonly { readonly name: string }[];
  }[];
}

onRedis('the queues of a module that works over BullMQ', () => {
  it('are seen in bull-board, with the documents by their kinds and numbers', async () => {
    const redis = await RedisServer.start();
    const tested = await startModule({}, { imports: [AnrokTaxBullModule.forRoot({ connection: { url: redis.url } })] });
    const serverAdapter = new ExpressAdapter();
    const board = createBullBoard({ queues: [], serverAdapter });
    for (const queue of await tested.app.get(AnrokTaxQueues).queues())
      board.addQueue(new BullMQAdapter(queue, { readOnlyMode: true }));
    const server = createServer(serverAdapter.getRouter()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const shown = async () => {
      const asked = axios.get<BoardState>(
        `http://127.0.0.1:${port}/api/queues?activeQueue=anrok-tax.anrok&status=latest`,
      );
      return (await asked).data.queues;
    };

    await tested.orm.em.fork().transactional(() => tested.sync.request(tested.host.put(anInvoice())));
    while ((await shown())[0]?.jobs.length === 0);
    const [queue, ...others] = await shown();
    expect(others).toEqual([]);
    expect(queue).toMatchObject({ name: 'anrok-tax.anrok', readOnlyMode: true });
    expect(queue?.jobs).toEqual([expect.objectContaining({ name: 'invoice inv-1' })]);

    server.close();
    await tested.close();
    await redis.close();
  });
});
