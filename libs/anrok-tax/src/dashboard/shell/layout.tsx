import type { Children } from '@kitajs/html';
import { assetPath } from '../assets/asset-files.js';
import { NAVIGATION } from './navigation.js';
import { toTold } from './notice.js';
import type { PagePlace } from './page-place.js';

export interface LayoutProps {
  readonly place: PagePlace;
  /** Of the page, and its heading. */
  readonly title: string;
  /** Beside the heading: a button, as a rule. */
  readonly safeActions?: Children;
  readonly children?: Children;
}

/** What htmx may do: fetch from here and swap. No eval, no styles of its own, no page kept in the browser's storage. */
const HTMX = JSON.stringify({
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  responseHandling: [
    { code: '200', swap: true },
    { code: '...', swap: false },
  ],
});

/** The frame of every page. */
export function Layout({ place, title, safeActions, children }: LayoutProps) {
  const here = place.path.split('/')[0];
  const told = toTold(place.query);
  return (
    <>
      {'<!doctype html>'}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="htmx-config" content={HTMX} />
          <title safe>{`${title} · Anrok tax`}</title>
          <link rel="icon" type="image/svg+xml" href={place.to(assetPath('icon.svg'))} />
          <link rel="stylesheet" href={place.to(assetPath('dashboard.css'))} />
          <script defer src={place.to(assetPath('htmx.min.js'))} />
          <script defer src={place.to(assetPath('dashboard.js'))} />
        </head>
        <body>
          <a class="skip" href="#content">
            Skip to the content
          </a>
          <header class="top">
            <a class="brand" href={place.to('overview')}>
              Anrok tax
            </a>
            <nav aria-label="Pages">
              {Object.entries(NAVIGATION).map(([path, name]) => (
                <a href={place.to(path)} aria-current={path === here ? 'page' : undefined} safe>
                  {name}
                </a>
              ))}
            </nav>
          </header>
          <main id="content" tabindex="-1">
            {told === undefined ? (
              ''
            ) : (
              <p class={told.isWarning ? 'notice attention' : 'notice'} role="status" safe>
                {told.sentence}
              </p>
            )}
            <div class="heading">
              <h1 safe>{title}</h1>
              {safeActions ? <div class="actions">{safeActions}</div> : ''}
            </div>
            {children}
          </main>
          <footer>Times are in UTC.</footer>
        </body>
      </html>
    </>
  );
}
