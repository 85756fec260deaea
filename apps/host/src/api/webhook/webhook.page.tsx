import type { WebhookDelivery } from '../../billing/index.js';
import { STYLE } from '../../home/home.style.js';

/** What became of the latest webhooks, and the button that sends one again. Works without a script. */
export function WebhooksPage({ deliveries }: { deliveries: readonly WebhookDelivery[] }): string {
  return (
    <>
      {'<!doctype html>'}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Webhooks</title>
          <style>{STYLE}</style>
        </head>
        <body>
          <main>
            <h1>Webhooks</h1>
            <p>
              The latest hundred. <a href="/anrok">Back to the dashboard</a>
            </p>
            {deliveries.length === 0 ? <p>None was sent yet. Endpoints are set up by the API.</p> : ''}
            {deliveries.length === 0 ? '' : <Deliveries deliveries={deliveries} />}
          </main>
        </body>
      </html>
    </>
  ) as string;
}

function Deliveries({ deliveries }: { deliveries: readonly WebhookDelivery[] }) {
  return (
    <div class="scroll" tabindex="0" role="region" aria-label="Webhooks">
      <table>
        <thead>
          <tr>
            <th scope="col">What it tells</th>
            <th scope="col">To</th>
            <th scope="col">Made</th>
            <th scope="col">Status</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <Row delivery={delivery} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LOOKS = { succeeded: 'finalized', failed: 'failed', pending: 'finalizing', retrying: 'finalizing' } as const;

function Row({ delivery }: { delivery: WebhookDelivery }) {
  const { id, message, endpoint, status, createdAt } = delivery;
  return (
    <tr>
      <th scope="row">{message.type}</th>
      <td safe>{endpoint.url}</td>
      <td safe>{createdAt.toISOString().slice(0, 19).replace('T', ' ')}</td>
      <td>
        <span class={`status ${LOOKS[status]}`}>{status}</span>
      </td>
      <td>
        <span safe>{outcomeOf(delivery)}</span>
        {status === 'failed' ? (
          <form method="post" action={`/webhooks/${id}/retry`}>
            <button type="submit" aria-label={`Send ${message.type} again`}>
              Send again
            </button>
          </form>
        ) : (
          ''
        )}
      </td>
    </tr>
  );
}

function outcomeOf({ attempts, lastAnswer }: WebhookDelivery): string {
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`;
  if (!lastAnswer) return attempts === 0 ? 'not sent yet' : tries;
  return 'status' in lastAnswer ? `${tries}, last answered ${lastAnswer.status}` : `${tries}: ${lastAnswer.failure}`;
}
