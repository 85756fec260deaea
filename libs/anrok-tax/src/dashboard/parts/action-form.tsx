import type { Children } from '@kitajs/html';

export interface ActionFormProps {
  /** Where it is sent, by POST: `place.to('documents/retry')`. */
  readonly action: string;
  /** On the button. */
  readonly label: string;
  readonly tone?: 'primary' | 'danger';
  /** Sent along, unseen. */
  readonly fields?: Readonly<Record<string, string | undefined>>;
  /** A sentence that has to be agreed to first: for what can't be undone, or costs. */
  readonly confirm?: string;
  /** Fields to fill in. */
  readonly children?: Children;
}

/** A button that does something, as a form: it works without a script. */
export function ActionForm({ action, label, tone, fields = {}, confirm, children }: ActionFormProps) {
  const form = (
    <form method="post" action={action}>
      {Object.entries(fields).map(([name, value]) =>
        value === undefined ? '' : <input type="hidden" name={name} value={value} />,
      )}
      {confirm === undefined ? '' : <p safe>{confirm}</p>}
      {children}
      <button type="submit" class={tone} safe>
        {label}
      </button>
    </form>
  );
  if (!confirm) return form;
  return (
    <details class="confirm">
      <summary class={`button ${tone ?? ''}`} safe>
        {`${label} …`}
      </summary>
      <div class="sheet">{form}</div>
    </details>
  );
}
