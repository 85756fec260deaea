import { Readable, type Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { aTransaction } from '../testing/answers.js';
import { useScriptedServer } from '../testing/scripted-server.js';
import { aClient, errorOf } from '../testing/test-client.js';

const MEGABYTE = 1024 * 1024;
/** Not gigabytes: were there no limit, the test should fail and not the machine. */
const UNPACKED_MEGABYTES = 320;
/** The 64 MB that an answer may have; as much for what is on its way, and for what an answer before it has left. */
const MOST_HELD_BYTES = 192 * MEGABYTE;

const server = useScriptedServer();

/** The most that buffers hold at once while the work goes on. */
async function mostHeldDuring(work: Promise<unknown>): Promise<number> {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 1);
  await work.finally(() => clearInterval(timer));
  return most;
}

describe('an answer that is small on its way and large when it is unpacked', () => {
  it.each([
    ['gzip', () => createGzip()],
    ['deflate', () => createDeflate()],
    ['br', () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ] as [string, () => Transform][])('as %s is given up long before all of it is in memory', async (encoding, pack) => {
    // one and the same megabyte, again and again
    const blank = Readable.from(Array.from({ length: UNPACKED_MEGABYTES }).fill(Buffer.alloc(MEGABYTE, ' ')));
    const packed = await buffer(blank.pipe(pack()));
    expect(packed.length).toBeLessThan(MEGABYTE);
    server.replyWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(packed);
    });
    const refusal = errorOf(aClient(server.url).transactions.createOrUpdate(aTransaction()));
    const most = await mostHeldDuring(refusal);
    expect(await refusal).toMatchObject({ code: 'anrok_unreadable_answer', details: { fault: 'it is too long' } });
    expect(most).toBeLessThan(MOST_HELD_BYTES);
  });
});
