// The layers, as an exit code. Tests and testing/ folders may look anywhere.
const source = (room) => ({ path: `^${room}`, pathNot: ['\\.spec\\.ts$', '/testing/'] });
const ours = '^(libs|apps)/';
const nest = '^node_modules/@nestjs/';
const orm = '^node_modules/@mikro-orm/';
const module = 'libs/anrok-tax/src';

const floors = [
  'options|budget',
  'telemetry',
  'connection',
  'records|estimates',
  'requests|health',
  'sync|settings|strategy|exemptions',
  'resync|bullmq',
  'removal|retention',
  'catalogue',
  'admin',
  'dashboard|cli',
];

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
      comment:
        'a library is imported by its entry points, never by an inner file; fuzzing goes to the parsers themselves',
      severity: 'error',
      from: { path: '^(?:libs|apps|test)/([^/]+)/', pathNot: '^test/fuzz/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: ['^libs/$1/', '^libs/[^/]+/src/((bullmq|cli|health|migrations|testing)/)?index\\.ts$'],
      },
    },

    only('tax-knows-tax-only', 'libs/tax/src/'),
    never('tax-has-no-framework', 'libs/tax/src/', nest, orm, '^node_modules/axios/'),
    only('client-knows-anrok-only', 'libs/anrok-client/src/'),
    never('client-has-no-framework', 'libs/anrok-client/src/', nest, orm),
    only('simulator-is-a-second-witness', 'libs/anrok-simulator/src/'),
    never('simulator-has-no-framework', 'libs/anrok-simulator/src/', nest, orm, '^node_modules/axios/'),

    only('host-port-knows-tax-only', `${module}/host/`, '^libs/tax/'),
    never('host-port-is-pure', `${module}/host/`, nest, orm, '^node_modules/axios/'),
    only('mapping-knows-tax-and-wire', `${module}/mapping/`, '^libs/tax/', '^libs/anrok-client/'),
    never('mapping-is-pure', `${module}/mapping/`, nest, orm, '^node_modules/axios/'),
    {
      name: 'mapping-uses-client-types-only',
      severity: 'error',
      from: source(`${module}/mapping/`),
      to: { path: '^libs/anrok-client/', dependencyTypesNot: ['type-only'] },
    },
    // the floors of the module, from the ground up: nobody looks upwards, nor at his neighbours on the same floor
    ...floors.slice(0, -1).map((rooms, floor) => ({
      name: `nothing-above-${rooms.replaceAll('|', '-')}`,
      severity: 'error',
      from: source(`${module}/(${rooms})/`),
      to: {
        path: `^${module}/(${floors.slice(floor).join('|')})/`,
        // the catalogue shows everybody's errors
        pathNot: [`^${module}/$1/`, ...(rooms === 'catalogue' ? ['\\.error\\.ts$'] : [])],
      },
    })),
    never('telemetry-has-no-orm', `${module}/telemetry/`, orm),
    {
      name: 'terminus-is-optional',
      severity: 'error',
      from: {
        path: `^${module}/`,
        pathNot: [`^${module}/health/(index|anrok-tax\\.health-indicator|anrok-tax-health\\.module)\\.ts$`],
      },
      to: { path: ['/@nestjs/terminus/', `^${module}/health/(index|.*indicator|.*health\\.module)\\.ts$`] },
    },
    {
      name: 'bullmq-is-optional',
      severity: 'error',
      from: { path: `^${module}/`, pathNot: [`^${module}/bullmq/`] },
      to: { path: ['^node_modules/(bullmq|ioredis)/', `^${module}/bullmq/`] },
    },
    never('bullmq-delivers-only', `${module}/bullmq/`, orm, '^libs/anrok-client/'),
    never('estimates-have-no-orm', `${module}/estimates/`, orm),
    never('strategy-has-no-orm', `${module}/strategy/`, orm),
    never('resync-asks-nothing-of-anrok', `${module}/resync/`, '^libs/anrok-client/', '/anrok-clients\\.ts$'),
    never('admin-asks-services', `${module}/(admin|dashboard|cli)/`, orm, '/anrok-clients\\.ts$'),
    {
      name: 'module-knows-no-simulator',
      severity: 'error',
      from: source(`${module}/`),
      to: { path: ['^libs/anrok-simulator/', '^apps/'] },
    },

    only('billing-knows-tax-only', 'apps/host/src/billing/', '^libs/tax/'),
    {
      name: 'only-host-tax-names-anrok',
      comment: 'the proof that tax is pluggable',
      severity: 'error',
      from: {
        path: '^apps/host/src/',
        pathNot: ['^apps/host/src/(tax|demo|monitoring)/', '^apps/host/src/[^/]+$', '\\.spec\\.ts$', '/testing/'],
      },
      to: { path: '^libs/anrok-' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@anrok-nest/source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
