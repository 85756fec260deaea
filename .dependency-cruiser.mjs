// The layers, as an exit code. Tests and testing/ folders may look anywhere.
const source = (room) => ({ path: `^${room}`, pathNot: ['\\.spec\\.ts$', '/testing/'] });
const ours = '^(libs|apps)/';
const nest = '^node_modules/@nestjs/';
const orm = '^node_modules/@mikro-orm/';

const only = (name, room, ...allowed) => ({
  name,
  severity: 'error',
  from: source(room),
  to: { path: ours, pathNot: [`^${room}`, ...allowed] },
});
const never = (name, room, ...forbidden) => ({
  name,
  severity: 'error',
  from: source(room),
  to: { path: forbidden },
});

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { pathNot: ['\\.spec\\.ts$', '/testing/', '^test/'] },
      to: { path: ['\\.spec\\.ts$', '/testing/', '^test/'] },
    },
    {
      name: 'only-through-the-door',
      comment: 'a library is imported by its entry points, never by an inner file',
      severity: 'error',
      from: { path: '^(?:libs|apps|test)/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/((migrations|testing)/)?index\\.ts$'] },
    },

    only('tax-knows-tax-only', 'libs/tax/src/'),
    never('tax-has-no-framework', 'libs/tax/src/', nest, orm, '^node_modules/axios/'),
    only('client-knows-anrok-only', 'libs/anrok-client/src/'),
    never('client-has-no-framework', 'libs/anrok-client/src/', nest, orm),
    only('simulator-is-a-second-witness', 'libs/anrok-simulator/src/'),
    never('simulator-has-no-framework', 'libs/anrok-simulator/src/', nest, orm, '^node_modules/axios/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@anrok-nest/source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
