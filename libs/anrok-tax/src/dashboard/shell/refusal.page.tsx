import type { TaxProblem } from '@anrok-nest/tax';
import { ProblemBox } from '../parts/problem-box.js';
import { Layout } from './layout.js';
import { NAVIGATION } from './navigation.js';
import type { PagePlace } from './page-place.js';

export interface RefusalPageProps {
  readonly place: PagePlace;
  readonly problem: TaxProblem;
  readonly status: number;
  readonly signIn: string | null;
}

/** In place of the page that was asked for. Shows nothing but the refusal: it may be that nobody is signed in. */
export function RefusalPage({ place, problem, status, signIn }: RefusalPageProps): string {
  const title = TITLES[status] ?? (status >= 500 ? 'That did not work' : 'That can’t be done');
  const isUnknown = status === 401;
  const [target, label] = isUnknown ? [signIn, 'Sign in'] : wayBack(place);
  const safeWay = target === null ? '' : <Way target={target} label={label} />;
  return (
    <Layout place={place} title={title}>
      <ProblemBox problem={isUnknown ? UNKNOWN : problem}>{safeWay}</ProblemBox>
    </Layout>
  ) as string;
}

/** To the page's own section, where it has one. */
function wayBack(place: PagePlace): readonly [string, string] {
  const section = place.path.split('/')[0]!;
  const name = Object.hasOwn(NAVIGATION, section) ? NAVIGATION[section] : undefined;
  return name && section !== 'overview'
    ? [place.to(section), `Back to ${name}`]
    : [place.to('overview'), 'To the overview'];
}

function Way({ target, label }: { target: string; label: string }) {
  return (
    <a class="button" href={target} safe>
      {label}
    </a>
  );
}

const TITLES: Readonly<Record<number, string>> = { 401: 'Please sign in', 403: 'Not allowed', 404: 'Not found' };

const UNKNOWN = {
  code: 'http_401',
  message: 'This page is for people whom the host knows.',
  remedy: 'Sign in at the host, and come back.',
};
