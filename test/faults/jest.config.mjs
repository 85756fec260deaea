import base from '../../jest.config.mjs';

/** The run with faults has a command of its own: it takes minutes, and all there is of processors. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/faults'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};
