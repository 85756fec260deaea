/** A moment as people read it, in UTC: `22 Nov 2026, 17:05:12`. Nothing where there is none. */
export function Moment({ at }: { at: Date | string | null | undefined }) {
  if (!at) return <span class="soft">–</span>;
  const date = new Date(at);
  return (
    <time datetime={date.toISOString()} safe>
      {FORMAT.format(date)}
    </time>
  );
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});
