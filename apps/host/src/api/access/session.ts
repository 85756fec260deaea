import { createHmac, timingSafeEqual } from 'node:crypto';

/** Of the cookie that stands for the key in a browser. */
export const SESSION_COOKIE = 'host_session';

/** What the cookie holds: it comes from the key, and the key can't be had from it. Another key ends all sessions. */
export function sessionOf(apiKey: string): string {
  return createHmac('sha256', apiKey).update('session of the sample host').digest('base64url');
}

/** Whether a request's `Cookie` header shows it. */
export function showsSession(cookies: string | undefined, apiKey: string): boolean {
  const shown = cookies
    ?.split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))
    ?.slice(SESSION_COOKIE.length + 1);
  return shown !== undefined && isSame(shown, sessionOf(apiKey));
}

/** Takes as long for what is nearly right as for what is all wrong. Digests, because lengths have to agree. */
export function isSame(shown: string, expected: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(shown), digest(expected));
}
