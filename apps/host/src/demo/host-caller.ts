interface ListedInvoices {
  readonly invoices: readonly { readonly customer: { readonly external_id: string } }[];
}

/** Calls the host as any of its users would. @throws Error unless the answer is a success, or one of `expected` */
export type HostCall = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  expected?: readonly number[],
) => Promise<ListedInvoices>;

export function hostCaller(url: string, apiKey: string): HostCall {
  return async (method, path, body, expected = []) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok && !expected.includes(answer.status))
      throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`);
    return JSON.parse(text) as ListedInvoices;
  };
}
