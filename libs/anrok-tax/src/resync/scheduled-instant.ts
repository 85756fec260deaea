import { CronTime } from 'cron';

/**
 * The moment for which a schedule fired: its latest one that is not after `now`. Processes that fire a little late or
 * early against each other find the same.
 */
export function scheduledInstant(cron: string, timeZone: string, now: Date): Date {
  const time = new CronTime(cron, timeZone);
  const next = (after: Date) => time.getNextDateFrom(after, timeZone).toJSDate();
  // looks back twice as far each time: a schedule knows only forwards
  for (let backMs = 1_000; ; backMs *= 2) {
    let found = next(new Date(now.getTime() - backMs));
    if (found > now) continue;
    for (let later = next(found); later <= now; later = next(found)) found = later;
    return found;
  }
}
