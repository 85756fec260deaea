import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ModuleUnderTest, startModule } from '../../../../test/support/module-under-test.js';
import { readLinks } from './usable-link.js';

describe('the links of many customers', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
    await tested.connections.create({ code: 'second', name: 'Second', apiKey: tested.simulator.apiKey });
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'second', anrokCustomerId: 'acme' });
    await tested.links.link({ customerId: 'cus-3', connectionCode: 'second' });
  });
  afterEach(() => tested.close());

  const found = async (...customerIds: string[]) => {
    const links = await readLinks(tested.orm.em, customerIds);
    return Object.fromEntries(
      [...links].map(([id, { anrokCustomerId, connection }]) => [id, [anrokCustomerId, connection.code]]),
    );
  };

  it('come with their connections', async () => {
    expect(await found('cus-2', 'cus-1', 'cus-3', 'cus-2')).toEqual({
      'cus-1': ['cus-1', 'anrok'],
      'cus-2': ['acme', 'second'],
      'cus-3': ['cus-3', 'second'],
    });
  });

  it('lack customers that have none', async () => {
    expect(await found('cus-1', 'stranger')).toEqual({ 'cus-1': ['cus-1', 'anrok'] });
    expect(await found()).toEqual({});
  });

  it('are as they are now, also where the caller knew them before and has a transaction open', async () => {
    await tested.orm.em.fork().transactional(async () => {
      await found('cus-1');
      await tested.links.link({ customerId: 'cus-1', connectionCode: 'second', anrokCustomerId: 'another' });
      expect(await found('cus-1')).toEqual({ 'cus-1': ['another', 'second'] });
    });
  });
});
