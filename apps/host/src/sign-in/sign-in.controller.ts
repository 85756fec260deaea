import { Body, Controller, Get, Header, Headers, HttpStatus, Inject, Post, Query, Res } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions, isSame, SESSION_COOKIE, sessionOf } from '../api/index.js';
import { localPath } from './local-path.js';
import { SignInPage } from './sign-in.page.js';

/** What is used of Express's response. */
interface Response {
  setHeader(name: string, value: string): void;
  redirect(status: number, url: string): void;
  status(code: number): { send(body: string): void };
}

const CSP =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Lets people into the dashboard with the key of the API. A host of your own has its own way of signing in. */
@Controller('sign-in')
export class SignInController {
  constructor(@Inject(ACCESS_OPTIONS) private readonly options: AccessOptions) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CSP)
  show(@Query('next') next: unknown): string {
    return SignInPage({ next: localPath(next), isRefused: false });
  }

  /** Leaves a cookie that comes from the key, and not the key. */
  @Post()
  @Header('Content-Security-Policy', CSP)
  signIn(
    @Body() form: { readonly key?: unknown; readonly next?: unknown } | undefined,
    @Headers('x-forwarded-proto') protocol: string | undefined,
    @Res() response: Response,
  ): void {
    const next = localPath(form?.next);
    const { apiKey } = this.options;
    if (typeof form?.key !== 'string' || !isSame(form.key.trim(), apiKey)) {
      response.status(HttpStatus.UNAUTHORIZED).send(SignInPage({ next, isRefused: true }));
      return;
    }
    // several proxies make a list of it; the first is the one that the browser speaks to
    const secure = protocol?.split(',')[0]?.trim() === 'https' ? '; Secure' : '';
    response.setHeader(
      'Set-Cookie',
      `${SESSION_COOKIE}=${sessionOf(apiKey)}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200${secure}`,
    );
    response.redirect(HttpStatus.SEE_OTHER, next);
  }
}
