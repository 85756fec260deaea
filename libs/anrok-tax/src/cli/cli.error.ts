import { TaxError } from '@anrok-nest/tax';

export class HostNotNamedError extends TaxError {
  constructor() {
    super({
      code: 'host_not_named',
      message: 'It is not said which application this is about.',
      remedy:
        'Give it as --app ./dist/app.module.js#AppModule, or write "anrok-tax": { "app": "./dist/app.module.js#AppModule" } into package.json.',
      retry: 'never',
      details: {},
    });
  }
}

export class HostNotLoadableError extends TaxError {
  constructor(reference: string, reason: string, options?: ErrorOptions) {
    super(
      {
        code: 'host_not_loadable',
        message: `The application ${reference} can not be loaded: ${reason}`,
        remedy:
          'Build the application, and name the JavaScript file and, after a #, what it exports: a module, or a function that makes one.',
        retry: 'never',
        details: { reference },
      },
      options,
    );
  }
}

/** It has no AnrokTaxModule, or that of another copy of this package. */
export class HostWithoutModuleError extends TaxError {
  constructor() {
    super({
      code: 'host_without_module',
      message: 'The application does not import this AnrokTaxModule.',
      remedy:
        'Import AnrokTaxModule in it, and run the anrok-tax that it has installed: npx anrok-tax, in its own folder.',
      retry: 'never',
      details: {},
    });
  }
}

export class FileNotReadableError extends TaxError {
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(
      {
        code: 'file_not_readable',
        message: `${path} can not be read: ${reason}`,
        remedy: 'Name a file that is there and may be read, or - for the standard input.',
        retry: 'never',
        details: { path },
      },
      options,
    );
  }
}

export class FileNotJsonError extends TaxError {
  constructor(path: string, reason: string) {
    super({
      code: 'file_not_json',
      message: `${path} is not JSON: ${reason}`,
      remedy: 'Give a document like the body of POST /estimates: currency, accountingDate, customer and lines.',
      retry: 'never',
      details: { path },
    });
  }
}

export class SimulatorNotInstalledError extends TaxError {
  constructor() {
    super({
      code: 'simulator_not_installed',
      message: 'The simulator is not installed here.',
      remedy: 'Install it with `npm install --save-dev @anrok-nest/simulator`.',
      retry: 'never',
      details: {},
    });
  }
}
