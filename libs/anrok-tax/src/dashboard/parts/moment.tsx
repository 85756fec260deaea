interface MomentProps {
  readonly at: Date | string | null | undefined;
  /** Without year and seconds, for lists. */
  readonly isBrief?: boolean;
}

/** A moment as people read it, in UTC: `22 Nov 2026, 17:05:12`. Nothing where there is none. */
export function Moment({ at, isBrief = false }: MomentProps) {
  if (!at) return <span class="soft">–</span>;
  const date = new Date(at);
  return (
    <time datetime={date.toISOString()} safe>
      {(isBrief ? BRIEF : FORMAT).format(date)}
    </time>
  );
}

const BRIEF = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});
