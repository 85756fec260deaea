/** What goes back to the caller. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export function jsonAnswer(status: number, body: unknown): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}

export function textAnswer(status: number, body: string, headers?: Readonly<Record<string, string>>): Answer {
  return { status, contentType: 'text/plain', body, ...(headers && { headers }) };
}

export function htmlAnswer(status: number, title: string): Answer {
  const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, contentType: 'text/html', body };
}
