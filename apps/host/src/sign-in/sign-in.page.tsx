import { STYLE } from '../home/home.style.js';

/** Asks for the key. */
export function SignInPage({ next, isRefused }: { next: string; isRefused: boolean }): string {
  return (
    <>
      {'<!doctype html>'}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Sign in</title>
          <style>{STYLE}</style>
        </head>
        <body>
          <main>
            <h1>Sign in</h1>
            <p>With the key of this host’s API: HOST_API_KEY, which by default is host_api_key.</p>
            {isRefused ? (
              <p role="alert" class="failed">
                That is not the key.
              </p>
            ) : (
              ''
            )}
            <form method="post" action="sign-in">
              <input type="hidden" name="next" value={next} />
              <label for="key">Key</label>{' '}
              <input id="key" name="key" type="password" autocomplete="current-password" required autofocus />{' '}
              <button type="submit">Sign in</button>
            </form>
          </main>
        </body>
      </html>
    </>
  ) as string;
}
