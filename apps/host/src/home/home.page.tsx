import type { OverviewRow } from '../tax/invoice-overview.js';
import { STYLE } from './home.style.js';

/** The latest invoices, and the commands that lead on. Works without a script. */
export function HomePage({ rows, host }: { rows: readonly OverviewRow[]; host: string }): string {
  return (
    <>
      {'<!doctype html>'}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Billing with Anrok</title>
          <style>{STYLE}</style>
        </head>
        <body>
          <main>
            <h1>Billing with Anrok</h1>
            <p>
              A sample billing system. Its invoices are taxed by Anrok where the customer is linked to it, and at a flat
              rate where not.
            </p>
            <p>
              <a href="anrok">Open the dashboard</a>: what needs a person, every document with what Anrok said of it,
              and the settings. It asks for HOST_API_KEY, which by default is host_api_key.
            </p>
            <Invoices rows={rows} />
            <h2>Go on from here</h2>
            <p>The API wants a key, which is HOST_API_KEY and by default host_api_key:</p>
            <pre tabindex="0" safe>
              {commandsFor(host)}
            </pre>
          </main>
        </body>
      </html>
    </>
  ) as string;
}

function Invoices({ rows }: { rows: readonly OverviewRow[] }) {
  if (rows.length === 0) return <p>There are no invoices yet.</p>;
  return (
    <div class="scroll" tabindex="0" role="region" aria-label="Invoices">
      <table>
        <thead>
          <tr>
            <th scope="col">Invoice</th>
            <th scope="col">Customer</th>
            <th scope="col" class="number">
              Subtotal
            </th>
            <th scope="col" class="number">
              Tax
            </th>
            <th scope="col" class="number">
              Total
            </th>
            <th scope="col">Status</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map((row) => (
            <InvoiceRow row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function InvoiceRow({ row }: { row: OverviewRow }) {
  return (
    <tr>
      <th scope="row" safe>
        {row.number}
      </th>
      <td safe>{row.customer}</td>
      <Amount label="Subtotal" amount={row.subtotal} currency={row.currency} />
      <Amount label="Tax" amount={row.tax} currency={row.currency} />
      <Amount label="Total" amount={row.total} currency={row.currency} />
      <td>
        <span class={`status ${row.status}`} safe>
          {row.status}
        </span>
      </td>
      <td>
        <span safe>{row.note}</span>
        {row.remedy === undefined ? (
          ''
        ) : (
          <strong class="remedy" safe>
            {row.remedy}
          </strong>
        )}
        {row.transactions.map(({ id, page }) => (
          <span class="transaction">
            Anrok:{' '}
            {page ? (
              <a href={page} safe>
                {id}
              </a>
            ) : (
              <code safe>{id}</code>
            )}
          </span>
        ))}
      </td>
    </tr>
  );
}

function Amount({ label, amount, currency }: { label: string; amount: string; currency: string }) {
  return (
    <td class="number" data-label={label} safe>
      {amount && `${amount} ${currency}`}
    </td>
  );
}

const commandsFor = (host: string) => `curl -H 'Authorization: Bearer host_api_key' ${host}/api/v1/invoices
curl -H 'Authorization: Bearer host_api_key' ${host}/anrok/api/records?status=waiting
curl -H 'Authorization: Bearer host_api_key' -X PUT -H 'Content-Type: application/json' \\
  -d '{"itemType": "add_on", "itemId": "workshop", "productExternalId": "professional-services"}' \\
  ${host}/anrok/api/connections/anrok/mappings`;
