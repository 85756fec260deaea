import type { DaySummary } from '../../records/tax-sync.summary.js';
import { DataTable } from './data-table.js';

const HEIGHT = 96;
const STEP = 28;
const BAR = 20;

/** Documents by day as stacked bars; the same numbers as a table for whoever can't see them. The latest comes first. */
export function DayChart({ days }: { days: readonly DaySummary[] }) {
  const most = Math.max(1, ...days.map(({ requested }) => requested));
  const scale = (count: number) => (count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT)));
  const width = String(days.length * STEP);
  const height = String(HEIGHT + 18);
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        <line class="axis" x1="0" x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
        {days.toReversed().map((one, index) => (
          <Bar day={one} x={index * STEP + (STEP - BAR) / 2} scale={scale} />
        ))}
      </svg>
      <figcaption>
        <span class="key synced">Synced</span>
        <span class="key open">On the way</span>
        <span class="key failed">Failed or waiting</span>
        <details>
          <summary>Numbers</summary>
          <DataTable label="Documents by day" columns={['Day', '#Requested', '#Synced', '#Failed or waiting']}>
            {days.map(({ day, requested, synced, failed }) => (
              <tr>
                <th scope="row" safe>
                  {day}
                </th>
                <td class="number">{requested}</td>
                <td class="number">{synced}</td>
                <td class="number">{failed}</td>
              </tr>
            ))}
          </DataTable>
        </details>
      </figcaption>
    </figure>
  );
}

function Bar({ day, x, scale }: { day: DaySummary; x: number; scale: (count: number) => number }) {
  const { requested, synced, failed } = day;
  const parts = [
    ['synced', scale(synced)],
    ['open', scale(requested - synced - failed)],
    ['failed', scale(failed)],
  ] as const;
  let top = HEIGHT;
  return (
    <g>
      {parts.map(([name, height]) => {
        top -= height;
        return <rect class={name} x={x} y={top} width={BAR} height={height} rx="2" />;
      })}
      <text x={x + BAR / 2} y={HEIGHT + 14} text-anchor="middle" safe>
        {String(Number(day.day.slice(8)))}
      </text>
    </g>
  );
}
