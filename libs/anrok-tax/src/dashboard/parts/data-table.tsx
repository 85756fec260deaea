import type { Children } from '@kitajs/html';

export interface DataTableProps {
  /** What the table shows; read out, not seen. */
  readonly label: string;
  /** Column headings; one that begins with `#` is of numbers, and stands to the right. */
  readonly columns: readonly string[];
  /** Rows: `<tr>` with `<th scope="row">` and `<td>`, numbers in `<td class="number">`. */
  readonly children: Children;
}

/** A table that is scrolled by itself where the screen is narrower than it. */
export function DataTable({ label, columns, children }: DataTableProps) {
  return (
    <div class="scroll" role="group" tabindex="0" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={column.startsWith('#') ? 'number' : undefined} safe>
                {column.replace(/^#/, '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
