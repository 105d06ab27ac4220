// How Next builds and serves the pages. Security headers are set in proxy.ts, where each response gets its own nonce.

// Perses brings a font of its own; dashboards use PatternFly's, so its files are left out.
const persesFonts = Object.fromEntries(
  [300, 400, 700, 900].map((weight) => [`@fontsource/lato/${weight}.css`, './components/perses/no-font.css']),
);

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
  serverExternalPackages: ['openid-client', 'pino', 'prom-client', 'undici'],
  turbopack: { resolveAlias: persesFonts },
};
