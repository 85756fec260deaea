import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { accessProvider } from '../admin/admin-access.js';
import { adminControllers } from '../admin/admin.controllers.js';
import { AdminGuard } from '../admin/admin.guard.js';
import {
  type AdminExtras,
  type AnrokTaxModuleExtras,
  ConfigurableModuleClass,
} from '../anrok-tax.module-definition.js';
import { InMemoryBillingHost } from '../testing/in-memory.billing-host.js';
import { AnrokTaxOptions } from './resolve-options.js';

const read = (file: string) => readFileSync(new URL(`../../../../docs/${file}`, import.meta.url), 'utf8');
const page = read('options.md');

/** The default of each option, as the table under a heading says it. */
function defaultsUnder(heading: string): Record<string, string> {
  const section = page.split('\n## ').find((part) => part.startsWith(heading)) ?? '';
  const rows = section.matchAll(/^\| `([\w.]+)` +\| ([^|]+?) +\| \S/gm);
  return Object.fromEntries([...rows].map(([, name, given]) => [name!, given!]));
}

/** What is checked is an option, and nothing else is taken. */
function optionsOf(group: object, prefix = ''): (readonly [string, unknown])[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(group.constructor, '', true, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))].flatMap((name) => {
    const value = (group as Readonly<Record<string, unknown>>)[name];
    return isGroup(value) ? optionsOf(value, `${prefix}${name}.`) : [[`${prefix}${name}`, value] as const];
  });
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && ![Object, Array].includes(value.constructor as never);
}

function told(value: unknown): string {
  if (value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0))
    return 'none';
  if (typeof value === 'number') return `\`${value.toLocaleString('en-US')}\``;
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

const encryptionKey = Buffer.alloc(32).toString('base64');

describe('the page of options', () => {
  const resolved = AnrokTaxOptions.from({ encryptionKey });

  it('has every value, and its default', () => {
    const defaults = Object.fromEntries(optionsOf(resolved).map(([name, value]) => [name, told(value)]));
    expect(Object.keys(defaults).length).toBeGreaterThan(30);
    expect(defaultsUnder('Values')).toEqual({
      ...defaults,
      encryptionKey: 'required',
      events: '[the names here](events.md)',
    });
    for (const { name } of Object.values(resolved.events)) expect(read('events.md')).toContain(`| \`${name}\` `);
  });

  it('has all that the module is made of', () => {
    const admin = { guard: AdminGuard };
    const {
      global,
      imports,
      controllers = [],
    } = ConfigurableModuleClass.forRoot({
      encryptionKey,
      billingHost: InMemoryBillingHost,
      admin,
    });
    const path = /"path":"(\w+)"/.exec(JSON.stringify(imports))?.[1];
    // so typed that the compiler finds what is left out
    const extras: Readonly<Record<keyof AnrokTaxModuleExtras, string>> = {
      billingHost: 'required',
      imports: 'none',
      isGlobal: told(global),
      admin: 'none',
    };
    const ofAdmin: Readonly<Record<keyof AdminExtras, string>> = {
      guard: 'none',
      allowUnauthenticated: 'none',
      path: told(path),
      dashboard: told(controllers.length > adminControllers.length),
      signIn: 'none',
      links: 'none',
    };
    const named = Object.entries(ofAdmin).map(([name, value]) => [`admin.${name}`, value]);
    expect(defaultsUnder('What it is made of')).toEqual({ ...extras, ...Object.fromEntries(named) });
  });

  it('has the words that leave the admin API open', () => {
    let message = '';
    try {
      accessProvider({} as never);
    } catch (error) {
      ({ message } = error as Error);
    }
    const [, words] = /allowUnauthenticated: '([^']+)'/.exec(message)!;
    expect(page).toContain(`\`${words}\``);
  });
});
