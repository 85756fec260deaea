import { CronTime } from 'cron';
import cronstrue from 'cronstrue';

/** When the resync starts by itself. */
export interface ScheduleWords {
  /** Such as `At 03:00`. */
  readonly sentence: string;
  readonly next: Date;
}

/** A cron expression in words, and when it comes next. */
export function toScheduleWords(cron: string, timeZone: string, now: Date): ScheduleWords {
  return {
    sentence: cronstrue.toString(cron, { use24HourTimeFormat: true }),
    next: new CronTime(cron, timeZone).getNextDateFrom(now, timeZone).toJSDate(),
  };
}
