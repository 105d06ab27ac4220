// How Next builds and serves the pages. Their security headers are set in proxy.ts, where each gets its own nonce.

// Perses brings a font of its own; dashboards use PatternFly's, so its files are left out.
const persesFonts = Object.fromEntries(
  [300, 400, 700, 900].map((weight) => [`@fontsource/lato/${weight}.css`, './components/perses/no-font.css']),
);

// For Next's own answers below /api, such as to an address that no route has. As in lib/http/security-headers.ts: what
// a handler has set to the same value is not sent twice.
const apiHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

// As server/federated-files.ts serves them in production: hashed chunks for good, the rest asked for anew each time.
const federatedHeaders = [
  { source: '/federation/:path*', headers: [{ key: 'cache-control', value: 'no-cache' }] },
  { source: '/federation/:path*/:file(.+[.-][0-9a-f]{16}\\.(?:js|css))', headers: [{ key: 'cache-control', value: 'public, max-age=31536000, immutable' }] },
];

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run typecheck` checks everything, tests and tools included; once is enough.
  typescript: { ignoreBuildErrors: true },
  // PatternFly's ES modules import CSS, which Node cannot load.
  transpilePackages: ['@patternfly/react-core', '@patternfly/react-icons', '@patternfly/react-styles'],
  // Loaded by Node itself: the production server and Next then share one copy in the process, and with it one
  // connection pool and one metrics registry.
  serverExternalPackages: ['@kubernetes/client-node', '@redis/client', 'openid-client', 'pino', 'prom-client', 'undici'],
  // The pages have no image that needs it, and resizing takes work from whoever asks.
  images: { unoptimized: true },
  headers: async () => [{ source: '/api/:path*', headers: Object.entries(apiHeaders).map(([key, value]) => ({ key, value })) }, ...federatedHeaders],
  turbopack: {
    resolveAlias: { ...persesFonts, mathjs: './components/perses/smaller/mathjs.ts', numbro: './components/perses/smaller/numbro.ts' },
    rules: { '*.js': { condition: { path: /@perses-dev\/core\/dist\/model\/units\/(?:bytes|currency|decimal|percent|throughput|time)\.js$/ }, loaders: ['./components/perses/smaller/by-locale.cjs'] } },
  },
  // These do not say themselves that what nobody uses of an index may be left out: editors and pickers.
  experimental: { optimizePackageImports: ['@perses-dev/components'] },
};
