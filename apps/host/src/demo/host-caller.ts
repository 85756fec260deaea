/** Calls the host as any of its users would. @throws Error unless the answer is a success, or one of `expected` */
export type HostCall = <Answer>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  expected?: readonly number[],
) => Promise<Answer>;

export function hostCaller(url: string, apiKey: string): HostCall {
  return async <Answer>(...[method, path, body, expected = []]: Parameters<HostCall>): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok && !expected.includes(answer.status))
      throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`);
    return JSON.parse(text) as Answer;
  };
}
