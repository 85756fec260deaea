import { expect } from '@jest/globals';

/** What the admin API answers when something is wrong. */
export function problem(status: number, code: string): unknown {
  return {
    status,
    type: expect.stringContaining('application/problem+json'),
    body: expect.objectContaining({
      status,
      code,
      detail: expect.stringMatching(/\w.*\.$/),
      remedy: expect.any(String),
    }),
  };
}
