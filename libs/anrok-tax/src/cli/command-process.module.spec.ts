import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Cron, Interval, ScheduleModule, SchedulerRegistry, Timeout } from '@nestjs/schedule';
import { WORKER_OFF } from '../options/worker-off.js';
import { CommandProcessModule, unschedule } from './command-process.module.js';
import { openHost } from './open-host.js';
import { StderrLogger } from './stderr.logger.js';

@Injectable()
class Jobs {
  @Cron('* * * * * *', { name: 'every second' }) cron() {}
  @Interval('often', 60_000) interval() {}
  @Timeout('soon', 60_000) timeout() {}
}

@Module({ imports: [ScheduleModule.forRoot()], providers: [Jobs] })
class Host {}

describe('a host in a command’s process', () => {
  it('has nothing on its schedule, and is told not to work', async () => {
    const app = await NestFactory.createApplicationContext(CommandProcessModule.around(Host), { logger: false });
    const scheduler = app.get(SchedulerRegistry);
    const jobs = () => [...scheduler.getCronJobs().keys(), ...scheduler.getIntervals(), ...scheduler.getTimeouts()];
    expect(jobs()).toEqual(['every second', 'often', 'soon']);
    unschedule(app);
    expect(jobs()).toEqual([]);
    expect(app.get(WORKER_OFF)).toBe(true);
    await app.close();
  });

  it('is refused without AnrokTaxModule, from a class or from a function', async () => {
    for (const host of [Host, () => Host, () => Promise.resolve({ module: Host })])
      await expect(openHost(host, new StderrLogger(false))).rejects.toThrow('does not import this AnrokTaxModule');
  });
});
