export { anrokTaxCommandLine, type CommandLineOptions, runCommandLine } from './command-line.js';
export type { HostModule, RootModule } from './host-module.js';
