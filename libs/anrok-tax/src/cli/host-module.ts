import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DynamicModule, Type } from '@nestjs/common';
import { HostNotLoadableError, HostNotNamedError } from './cli.error.js';

/** The host's root module, or what makes it. */
export type HostModule = Type | DynamicModule | (() => RootModule | Promise<RootModule>);

export type RootModule = Type | DynamicModule;

/** `./dist/app.module.js#AppModule`, and the folder that it is meant from. */
export interface HostReference {
  readonly text: string;
  readonly folder: string;
}

/** What `--app` says, else the nearest package.json that names an application. @throws HostNotNamedError */
export function hostReference(given: string | undefined, folder: string): HostReference {
  if (given !== undefined) return { text: given, folder };
  for (let here = path.resolve(folder); ; here = path.dirname(here)) {
    const text = appOf(path.join(here, 'package.json'));
    if (text !== undefined) return { text, folder: here };
    if (here === path.dirname(here)) throw new HostNotNamedError();
  }
}

function appOf(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // no package.json in this folder
    return undefined;
  }
  try {
    const named = JSON.parse(text) as { 'anrok-tax'?: { app?: unknown } } | null;
    const app = named?.['anrok-tax']?.app;
    return typeof app === 'string' ? app : undefined;
  } catch (cause) {
    throw new HostNotLoadableError(file, 'it is not JSON.', { cause });
  }
}

/** @throws HostNotLoadableError */
export async function loadHostModule({ text, folder }: HostReference): Promise<HostModule> {
  const [file = '', name = 'AppModule'] = text.split('#');
  const exported = await load(path.resolve(folder, file), text);
  // a CommonJS host may have everything under default
  const value = exported[name] ?? (exported['default'] as Record<string, unknown> | undefined)?.[name];
  if (typeof value === 'function' || (typeof value === 'object' && value !== null && 'module' in value))
    return value as HostModule;
  const names = Object.keys(exported).join(', ') || 'nothing';
  throw new HostNotLoadableError(text, `"${name}" is no module there; it exports ${names}.`);
}

async function load(file: string, text: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    throw new HostNotLoadableError(text, (cause as Error).message, { cause });
  }
}

/** The module itself, where a function makes it. */
export async function rootModuleOf(host: HostModule): Promise<RootModule> {
  return isMaker(host) ? host() : host;
}

function isMaker(host: HostModule): host is () => RootModule | Promise<RootModule> {
  return typeof host === 'function' && !/^class\b/.test(Function.prototype.toString.call(host));
}
