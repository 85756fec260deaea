import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Package {
  readonly link?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')) as unknown;
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Package>> };
const entries = Object.entries(packages);
const INSTALLED = 'node_modules/';
const installed = entries.filter(([path, { link }]) => path.includes(INSTALLED) && link !== true);

describe('what comes along', () => {
  it('is asked for in one version, never in a range', () => {
    const ours = entries.filter(([path]) => !path.includes(INSTALLED));
    const asked = ours.flatMap(([path, { dependencies, devDependencies }]) =>
      Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => `${path} ${name}@${version}`),
    );
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((one) => !/@\d+\.\d+\.\d+(-[\w.]+)?$/.test(one))).toEqual([]);
  });

  it('is what it was when it was chosen: each package has its digest, and comes from a registry', () => {
    expect(installed.length).toBeGreaterThan(100);
    const loose = installed.filter(
      ([, { integrity, resolved }]) =>
        !integrity?.startsWith('sha512-') || (resolved !== undefined && !resolved.startsWith('https://')),
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });
});
