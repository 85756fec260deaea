import { DataTable } from './data-table.js';

export interface ChartDay {
  /** `2026-11-22` */
  readonly day: string;
  readonly synced: number;
  /** Not done, whatever keeps them. */
  readonly open: number;
}

const HEIGHT = 96;
const STEP = 28;
const BAR = 20;

/** Documents by day as stacked bars; the same numbers as a table for whoever can't see them. */
export function DayChart({ days }: { days: readonly ChartDay[] }) {
  const most = Math.max(1, ...days.map(({ synced, open }) => synced + open));
  const scale = (count: number) => (count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT)));
  const width = days.length * STEP;
  return (
    <figure class="chart">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT + 18}`}
        width={String(width)}
        height={String(HEIGHT + 18)}
        aria-hidden="true"
      >
        <line class="axis" x1="0" x2={String(width)} y1={String(HEIGHT + 0.5)} y2={String(HEIGHT + 0.5)} />
        {days.map(({ day, synced, open }, index) => {
          const x = index * STEP + (STEP - BAR) / 2;
          const [done, rest] = [scale(synced), scale(open)];
          return (
            <g>
              <title safe>{`${day}: ${synced} synced, ${open} not`}</title>
              <rect class="synced" x={x} y={HEIGHT - done} width={BAR} height={done} rx="2" />
              <rect class="open" x={x} y={HEIGHT - done - rest} width={BAR} height={rest} rx="2" />
              <text x={x + BAR / 2} y={HEIGHT + 14} text-anchor="middle" safe>
                {String(Number(day.slice(8)))}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption>
        <span class="key synced">Synced</span> <span class="key open">Not synced</span>
        <details>
          <summary>Numbers</summary>
          <DataTable label="Documents by day" columns={['Day', '#Synced', '#Not synced']}>
            {days.toReversed().map(({ day, synced, open }) => (
              <tr>
                <th scope="row" safe>
                  {day}
                </th>
                <td class="number">{synced}</td>
                <td class="number">{open}</td>
              </tr>
            ))}
          </DataTable>
        </details>
      </figcaption>
    </figure>
  );
}
