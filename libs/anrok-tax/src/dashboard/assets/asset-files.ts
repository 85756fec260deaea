import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface AssetFile {
  readonly type: string;
  readonly body: Buffer;
  readonly version: string;
}

const own = (name: string, type: string) => read(new URL(`../../../assets/${name}`, import.meta.url), type);

/** What the pages load, read once. */
const FILES: Readonly<Record<string, AssetFile>> = {
  'dashboard.css': own('dashboard.css', 'text/css; charset=utf-8'),
  'dashboard.js': own('dashboard.js', 'text/javascript; charset=utf-8'),
  'icon.svg': own('icon.svg', 'image/svg+xml'),
  'htmx.min.js': read(
    createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'),
    'text/javascript; charset=utf-8',
  ),
};

export function findAsset(name: string): AssetFile | undefined {
  return Object.hasOwn(FILES, name) ? FILES[name] : undefined;
}

/** Below the dashboard, with its version: browsers keep a file for as long as it stays what it is. */
export function assetPath(name: string): string {
  return `assets/${name}?v=${FILES[name]!.version}`;
}

function read(file: string | URL, type: string): AssetFile {
  const body = readFileSync(file);
  return { type, body, version: createHash('sha256').update(body).digest('hex').slice(0, 12) };
}
