// The sample host in a process of its own, with what goes wrong inside of a host.
// CODE_VERSION: 2 describes documents in another way than 1 does, as before and after a deployment
// POISON: on or off, and by message { poison }: whether documents of customers called poison-… break whoever works on them
// by message { clockOffsetMs }: its clock jumps; { isHurried }: Anrok's limit does not slow it down;
// { askMemory: id }: it says how much memory is in use
import 'reflect-metadata';
import v8 from 'node:v8';
import vm from 'node:vm';
import { SystemClock } from '@anrok-nest/module';
import { SystemClock as BillingClock } from '../../apps/host/dist/billing/clock.js';
import { loadEnvironment } from '../../apps/host/dist/config/environment.js';
import { createHost } from '../../apps/host/dist/host.js';
import { BillingHostAdapter } from '../../apps/host/dist/tax/billing-host.adapter.js';
import { PostgresPlaceStore } from '../../libs/anrok-tax/dist/budget/postgres.place-store.js';
import { AnrokTaxOptions } from '../../libs/anrok-tax/dist/options/resolve-options.js';

const isNew = process.env.CODE_VERSION === '2';
let clockOffsetMs = 0;
let isHurried = false;
let isPoisonous = process.env.POISON === 'on';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

process.on('message', (message) => {
  clockOffsetMs = message.clockOffsetMs ?? clockOffsetMs;
  isPoisonous = message.poison ?? isPoisonous;
  isHurried = message.isHurried ?? isHurried;
  if (!message.askMemory) return;
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  console.log(`memory ${message.askMemory} ${heapUsed} ${rss}`);
});
// whoever started it is gone
process.on('disconnect', () => process.exit());

SystemClock.prototype.now = BillingClock.prototype.now = () => new Date(Date.now() + clockOffsetMs);

/** Says so first: whoever counts the dead asks who killed them. */
const die = () => {
  console.error('killed by poison');
  process.kill(process.pid, 'SIGKILL');
};

const isPoison = ({ customerId }, ...kinds) =>
  isPoisonous && kinds.some((kind) => customerId.startsWith(`poison-${kind}`));
const asOfVersion2 = (loaded) => ({
  ...loaded,
  version: `2 ${loaded.version}`,
  document: {
    ...loaded.document,
    customer: { ...loaded.document.customer, name: `${loaded.document.customer.name} II` },
  },
});

const steps = Object.getOwnPropertyDescriptors(BillingHostAdapter.prototype);
Object.assign(BillingHostAdapter.prototype, {
  async loadDocument(reference) {
    if (isPoison(reference, 'deadly')) die();
    if (isPoison(reference, 'load', 'report')) throw new Error('The host cannot load this document.');
    const loaded = await steps.loadDocument.value.call(this, reference);
    if (loaded && isPoison(reference, 'shape'))
      return { ...loaded, document: { ...loaded.document, lines: undefined } };
    return loaded && isNew ? asOfVersion2(loaded) : loaded;
  },
  async loadDocuments(references) {
    return Promise.all(references.map((reference) => this.loadDocument(reference)));
  },
  async applyTaxes(reference, taxes) {
    if (isPoison(reference, 'apply')) throw new Error('The host cannot take these taxes.');
    if (!isNew) return steps.applyTaxes.value.call(this, reference, taxes);
    if (!taxes.version.startsWith('2 ')) return 'stale';
    return steps.applyTaxes.value.call(this, reference, { ...taxes, version: taxes.version.slice(2) });
  },
  async applyTaxesToMany(taxed) {
    if (taxed.some(({ document }) => isPoison(document, 'apply'))) throw new Error('The host cannot take these taxes.');
    if (!isNew) return steps.applyTaxesToMany.value.call(this, taxed);
    const applied = [];
    for (const { document, taxes } of taxed) applied.push(await this.applyTaxes(document, taxes));
    return applied;
  },
  async reportProblem(reference, problem) {
    if (isPoison(reference, 'report')) throw new Error('The host cannot take this problem.');
    return steps.reportProblem.value.call(this, reference, problem);
  },
});

// places are taken as ever, and are free again at once
const places = Object.getOwnPropertyDescriptors(PostgresPlaceStore.prototype);
PostgresPlaceStore.prototype.take = function (...asked) {
  if (isHurried) this.windowMs = 1;
  return places.take.value.apply(this, asked);
};

const host = await createHost(loadEnvironment());
// the leases of the dead run out, and what failed is tried again, within the patience of a test; but a request is late
// for as long as a clock jumps ahead beside it
const { worker, retry } = host.get(AnrokTaxOptions, { strict: false });
Object.assign(worker, { leaseMs: 6_000, lateRequestMs: 25_000 });
Object.assign(retry, { firstDelayMs: 500, earlyCeilingMs: 3_000 });
await host.listen(0, '127.0.0.1');
console.log(`listening ${await host.getUrl()}`);
