/** Layers of docs/architecture.md: an import may only point down. */
const lib = (...folders) => `^lib/(${folders.join('|')})/`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'A cycle hides which of two modules is the lower one.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contracts-import-nothing',
      comment: 'Shared by server and browser.',
      severity: 'error',
      from: { path: lib('contracts'), pathNot: '\\.test\\.ts$' },
      to: { pathNot: [lib('contracts'), '^node_modules/zod/'] },
    },
    {
      name: 'components-run-anywhere',
      comment: 'Components run in Next and in the federated build, so they know neither, and nothing of the server.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: ['^(app|server|federation|demo)/', '^lib/(?!contracts/)', '^node_modules/next(-auth)?/'] },
    },
    {
      name: 'federation-shows-components',
      comment: 'The federated modules run in a host: they know neither this app nor its server.',
      severity: 'error',
      from: { path: '^federation/' },
      to: { path: ['^(app|server|demo)/', '^lib/(?!contracts/)', '^node_modules/next(-auth)?/'] },
    },
    {
      name: 'app-is-thin',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^(server|federation|demo)/' },
    },
    {
      name: 'lib-knows-no-framework',
      comment: 'Handlers take a Request and return a Response; only the sign-in library may be named, and only where sessions are.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: ['^(app|components|server|federation|demo)/', '^node_modules/(next|react|react-dom)/'] },
    },
    {
      name: 'next-auth-in-identity-only',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/identity/' },
      to: { path: '^node_modules/next-auth/' },
    },
    {
      name: 'foundation-below-everything',
      comment: 'config, errors and telemetry know nothing of requests, identities or queries.',
      severity: 'error',
      from: { path: lib('config', 'errors', 'telemetry') },
      to: { path: lib('identity', 'access', 'tokens', 'promql', 'query', 'dashboards', 'summary', 'audit', 'http', 'runtime') },
    },
    {
      name: 'identity-access-below-query',
      severity: 'error',
      from: { path: lib('identity', 'access', 'tokens', 'promql', 'audit') },
      to: { path: lib('query', 'dashboards', 'summary', 'runtime') },
    },
    {
      name: 'kubernetes-below-identity',
      comment: 'It asks what it is told to ask, with the token that it is given.',
      severity: 'error',
      from: { path: lib('kubernetes'), pathNot: ['/testing/', '\\.test\\.ts$'] },
      to: { path: lib('identity', 'access', 'tokens', 'promql', 'query', 'dashboards', 'audit', 'http', 'runtime') },
    },
    {
      name: 'only-kubernetes-names-its-client',
      severity: 'error',
      from: { path: '^lib/', pathNot: lib('kubernetes') },
      to: { path: '^node_modules/@kubernetes/client-node/' },
    },
    {
      name: 'promql-knows-no-http',
      comment: 'The syntax tree and nothing else: a boundary that fits in one head.',
      severity: 'error',
      from: { path: lib('promql'), pathNot: '\\.test\\.ts$' },
      to: { path: '^lib/', pathNot: [lib('promql', 'errors', 'contracts'), '^lib/access/scope\\.ts$'] },
    },
    {
      name: 'query-and-dashboards-apart',
      severity: 'error',
      from: { path: lib('query') },
      to: { path: lib('dashboards') },
    },
    {
      name: 'only-promql-parses',
      comment: 'One place knows the syntax tree.',
      severity: 'error',
      from: { path: '^(lib|app|server|components)/', pathNot: lib('promql') },
      to: { path: '^node_modules/@prometheus-io/lezer-promql/' },
    },
    {
      name: 'one-http-client',
      severity: 'error',
      comment: 'Each place that opens connections is named here.',
      from: { path: '^lib/', pathNot: [lib('query', 'kubernetes'), '\\.test\\.ts$'] },
      to: { path: '^node_modules/undici/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|dist|\\.demo|\\.cache)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
