// Builds what ODH Dashboard loads. Next is only the bundler here: the one page is there because Next wants one, and what
// is published are the exposed modules (scripts/build-federation.mjs).
import { fileURLToPath } from 'node:url';
import { NextFederationPlugin } from '@module-federation/nextjs-mf';
import { exposes } from './exposes.mjs';
import { makeSmaller } from './smaller.mjs';

/** From the host, which has it on the page before us; a second copy would be a second context, or a second stylesheet. */
const ofTheHost = (requiredVersion) => ({ singleton: true, import: false, requiredVersion });

const shared = {
  react: ofTheHost('^18.3.1'),
  'react-dom': ofTheHost('^18.3.1'),
  'react-router': ofTheHost('^7.0.0'),
  'react-router-dom': ofTheHost('^7.0.0'),
  '@patternfly/react-core': ofTheHost('^6.0.0'),
  '@patternfly/react-styles': ofTheHost('^6.0.0'),
};

// Perses brings a font of its own; dashboards use PatternFly's, which the host has loaded.
const persesFonts = Object.fromEntries([300, 400, 700, 900].map((weight) => [`@fontsource/lato/${weight}.css`, false]));

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Checked with everything else, by `npm run typecheck` and `npm run lint` of the project.
  typescript: { ignoreBuildErrors: true },
  eslint: { ignoreDuringBuilds: true },
  // The components are beside this folder, not in it.
  experimental: { externalDir: true },
  webpack(config, { isServer }) {
    config.resolve.alias = { ...config.resolve.alias, ...persesFonts };
    if (!isServer) {
      config.resolve.alias['react/jsx-runtime$'] = fileURLToPath(new URL('host/jsx-runtime.js', import.meta.url));
      makeSmaller(config);
      config.plugins.push(
        new NextFederationPlugin({
          name: 'odhObservability',
          filename: 'static/chunks/remoteEntry.js',
          exposes,
          shared,
          extraOptions: { skipSharingNextInternals: true },
        }),
      );
    }
    return config;
  },
};
