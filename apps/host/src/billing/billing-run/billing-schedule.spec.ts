import { describe, expect, it } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import { startHost } from '../../api/testing/host.starter.js';
import { stock } from '../../api/testing/invoicing.js';
import { invoicesOf, plan, subscribe } from '../../api/testing/subscribing.js';
import { BillingSchedule } from './billing-schedule.js';

describe('a host that bills by itself', () => {
  it('does so every hour, because it is midnight somewhere', async () => {
    const host = await startHost({ schedule: true });
    await stock(host);
    await plan(host, 'weekly', { interval: 'weekly' });
    host.clock.set('2026-06-01T00:00:00Z');
    await subscribe(host, 'weekly');
    host.clock.set('2026-06-08T00:00:00Z');
    const job = host.app.get(SchedulerRegistry).getCronJob('billing');
    const [next, afterNext] = job.nextDates(2);
    expect(afterNext!.diff(next!, 'minutes').minutes).toBe(60);
    await job.fireOnTick();
    expect(await invoicesOf(host)).toMatchObject([{ status: 'finalized', issuing_date: '2026-06-08' }]);
    await host.close();
  });

  it('is not one whose worker is off', async () => {
    const host = await startHost();
    expect(() => host.app.get(BillingSchedule, { strict: false })).toThrow('BillingSchedule');
    expect(() => host.app.get(SchedulerRegistry, { strict: false })).toThrow('SchedulerRegistry');
    await host.close();
  });
});
