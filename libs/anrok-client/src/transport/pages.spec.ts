import { describe, expect, it } from '@jest/globals';
import { aCertificate, aPage } from '../testing/answers.js';
import { useScriptedServer } from '../testing/scripted-server.js';
import { aClient, errorOf, itemsOf } from '../testing/test-client.js';

const server = useScriptedServer();
const aPageOf = (ids: string[], nextCursor: string | null = null) =>
  aPage({ certificates: ids.map((id) => ({ ...aCertificate(), id })) }, nextCursor);
const bodies = () => server.received.map(({ body }) => body);

describe('a list', () => {
  it('has the items of all pages, and never sends the filter along with a cursor', async () => {
    server.replyWith({ body: aPageOf(['a', 'b'], 'c1') }, { body: aPageOf([], 'c2') }, { body: aPageOf(['c']) });
    const ids: string[] = [];
    for await (const { id } of aClient(server.url).certificates.list({ customerId: 'acme:42' })) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(bodies()).toEqual([
      { filter: { customerId: 'acme:42' }, limit: 100 },
      { cursor: 'c1', limit: 100 },
      { cursor: 'c2', limit: 100 },
    ]);
  });

  it('asks for nothing before it is read, for a page only when the one before is used up, and for none after the end', async () => {
    server.replyWith({ body: aPageOf(['a', 'b'], 'c1') }, { body: aPageOf(['c'], 'c2') });
    const list = aClient(server.url).certificates.list();
    expect(server.received).toHaveLength(0);
    const asked: number[] = [];
    for await (const { id } of list) {
      asked.push(server.received.length);
      if (id === 'c') break;
    }
    expect(asked).toEqual([1, 1, 2]);
  });

  it('begins anew when it is read again', async () => {
    server.replyWith({ body: aPageOf(['a']) }, { body: aPageOf(['b']) });
    const list = aClient(server.url).certificates.list();
    expect((await itemsOf(list)).map(({ id }) => id)).toEqual(['a']);
    expect((await itemsOf(list)).map(({ id }) => id)).toEqual(['b']);
  });

  it('ends where Anrok says so, even if a cursor comes along', async () => {
    server.replyWith({ body: { ...aPageOf(['a'], 'c1'), hasMore: false } });
    expect(await itemsOf(aClient(server.url).certificates.list())).toHaveLength(1);
  });

  it('is unreadable rather than endless when a cursor comes again', async () => {
    server.replyWith({ body: aPageOf(['a'], 'c1') }, { body: aPageOf(['b'], 'c2') }, { body: aPageOf(['c'], 'c1') });
    const error = await errorOf(itemsOf(aClient(server.url).certificates.list()));
    expect(error).toMatchObject({ code: 'anrok_unreadable_answer', operation: 'certificates.list' });
    expect(server.received).toHaveLength(3);
  });

  it.each([
    ['no cursor', { nextCursor: null }],
    ['an empty cursor', { nextCursor: '' }],
    ['no word whether there is more', { hasMore: undefined }],
    ['no items', { certificates: undefined }],
  ])('is unreadable rather than cut short when a page that has more comes with %s', async (_, change) => {
    server.replyWith({ body: { ...aPageOf(['a'], 'c1'), ...change } });
    const error = await errorOf(itemsOf(aClient(server.url).certificates.list()));
    expect(error).toMatchObject({ code: 'anrok_unreadable_answer', status: 200 });
  });

  it('names the item that is wrong', async () => {
    server.replyWith({ body: aPage({ certificates: [aCertificate(), { ...aCertificate(), status: 1 }] }) });
    const error = await errorOf(itemsOf(aClient(server.url).certificates.list()));
    expect(error.message).toContain('certificates.1.status');
  });

  it('throws an expired cursor as what it is', async () => {
    server.replyWith({ body: aPageOf(['a'], 'c1') }, { status: 409, body: { type: 'invalidCursor' } });
    const error = await errorOf(itemsOf(aClient(server.url).certificates.list()));
    expect(error).toMatchObject({ code: 'anrok_invalid_cursor', retry: 'later' });
  });
});
