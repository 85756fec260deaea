/** What the official client throws: the response, with the parsed body in `error`. Fails when nothing is refused. */
export async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  const answered = await call.then(
    () => undefined,
    (response: unknown) => response,
  );
  if (!(answered instanceof Response)) throw new Error('This was expected to be refused.', { cause: answered });
  return (answered as Response & { error: unknown }).error;
}
