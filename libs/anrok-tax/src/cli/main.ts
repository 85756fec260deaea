#!/usr/bin/env node
import 'reflect-metadata';
import { Console } from 'node:console';
import { anrokTaxCommandLine, runCommandLine } from './command-line.js';

// the standard output is for answers, whatever a host says while it starts
globalThis.console = new Console(process.stderr);
await runCommandLine(anrokTaxCommandLine({ name: 'anrok-tax' }), process.argv.slice(2));
