// A host in a process of its own, for tests that kill it. It can be told to kill itself at a certain step.
// CRASH_AT: loadDocument, applyTaxes, applied (in the transaction), committed, reportProblem, webhookSent
// CLOCK_OFFSET_MS: how far its clock is ahead, so that leases of the dead have run out
import 'reflect-metadata';
import { SystemClock, TAX_APPLIED } from '@anrok-nest/module';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { SystemClock as BillingClock } from '../../apps/host/dist/billing/clock.js';
import { WebhookLeases } from '../../apps/host/dist/billing/webhook/webhook.leases.js';
import { loadEnvironment } from '../../apps/host/dist/config/environment.js';
import { createHost } from '../../apps/host/dist/host.js';
import { BillingHostAdapter } from '../../apps/host/dist/tax/billing-host.adapter.js';

const crashAt = process.env.CRASH_AT;
const offset = Number(process.env.CLOCK_OFFSET_MS ?? 0);
const die = () => process.kill(process.pid, 'SIGKILL');

SystemClock.prototype.now = BillingClock.prototype.now = () => new Date(Date.now() + offset);

const steps = Object.getOwnPropertyDescriptors(BillingHostAdapter.prototype);
Object.assign(BillingHostAdapter.prototype, {
  async loadDocument(...args) {
    if (crashAt === 'loadDocument') die();
    return steps.loadDocument.value.apply(this, args);
  },
  async applyTaxes(...args) {
    if (crashAt === 'applyTaxes') die();
    const applied = await steps.applyTaxes.value.apply(this, args);
    if (crashAt === 'applied') die();
    return applied;
  },
  async reportProblem(...args) {
    await steps.reportProblem.value.apply(this, args);
    if (crashAt === 'reportProblem') die();
  },
});

const { finish } = Object.getOwnPropertyDescriptors(WebhookLeases.prototype);
WebhookLeases.prototype.finish = async function (...args) {
  if (crashAt === 'webhookSent') die();
  return finish.value.apply(this, args);
};

const host = await createHost(loadEnvironment());
host.get(EventEmitter2).on(TAX_APPLIED, ({ document }) => {
  if (crashAt === 'committed') die();
  console.log(`applied ${document.id}`);
});
await host.listen(0, '127.0.0.1');
console.log(`listening ${await host.getUrl()}`);
