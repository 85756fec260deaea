const DASHBOARD = '/anrok';

/** A path on this host to go on to, never an address of somebody else's: `//evil.example` is one. */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return DASHBOARD;
  const base = 'http://host.invalid';
  const url = URL.parse(wanted, base);
  // browsers read `/\` as `//`, and skip tabs and line breaks; URL reads as they do
  // `/..//evil.example` is a path here, and comes out as `//evil.example`
  if (url?.origin !== base || url.pathname.startsWith('//')) return DASHBOARD;
  return `${url.pathname}${url.search}`;
}
