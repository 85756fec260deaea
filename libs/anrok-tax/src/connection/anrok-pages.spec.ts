import { describe, expect, it } from '@jest/globals';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { AnrokPages } from './anrok-pages.js';
import { Connection } from './connection.entity.js';
import { CustomerLink } from './customer-link.entity.js';

const encryptionKey = Buffer.alloc(32).toString('base64');
const pages = (options: object = {}) => new AnrokPages(AnrokTaxOptions.from({ encryptionKey, ...options }));
const connection = (sellerId: string | null) => Object.assign(new Connection(), { sellerId });
const link = (changes: Partial<CustomerLink>) =>
  Object.assign(new CustomerLink(), {
    connection: connection('seller-1'),
    anrokCustomerId: 'cus/1',
    createAtAnrok: true,
    knownAt: null,
    ...changes,
  });

describe('AnrokPages', () => {
  it('addresses transactions and customers of the seller account', () => {
    expect(pages().transaction(connection('seller-1'), 'host:invoice:7')).toBe(
      'https://app.anrok.com/seller-1/transactions/host%3Ainvoice%3A7',
    );
    expect(pages().customer(link({ knownAt: new Date() }))).toBe('https://app.anrok.com/seller-1/customers/cus%2F1');
  });

  it('has none of a customer before Anrok knows it', () => {
    expect(pages().customer(link({}))).toBeUndefined();
    expect(pages().customer(link({ createAtAnrok: false }))).toMatch(/customers/);
  });

  it('has none where the key does not tell the account, or Anrok is somebody else', () => {
    expect(pages().transaction(connection(null), 'x')).toBeUndefined();
    expect(pages({ baseUrl: 'http://localhost:4010' }).transaction(connection('s'), 'x')).toBeUndefined();
    const proxied = pages({ baseUrl: 'https://proxy.example.com', appUrl: 'https://app.anrok.com' });
    expect(proxied.transaction(connection('s'), 'x')).toBe('https://app.anrok.com/s/transactions/x');
  });
});
