// Keeps out of the federated modules what Perses's packages import and nobody who reads a dashboard uses; and lets them
// write numbers by the browser's locale.
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';

const standIn = (name) => fileURLToPath(new URL(`../components/perses/smaller/${name}`, import.meta.url));

/** In the place of whole packages. */
const packages = { mathjs$: standIn('mathjs.ts'), lodash$: standIn('lodash.js'), numbro$: standIn('numbro.ts') };

/** In the place of imports of one module: what is imported, by whom, and what stands there instead. */
const imports = [
  { request: /^\.\/(List|Table)Legend$/, issuer: /[\\/]components[\\/]dist[\\/]Legend[\\/]Legend\.js$/, by: 'legends.tsx' },
  { request: /^echarts\/(charts|components)$/, issuer: /[\\/]components[\\/]dist[\\/]EChart[\\/]EChart\.js$/, by: 'echarts.ts' },
  { request: /^echarts\/components$/, issuer: /[\\/]timeseries-chart-plugin[\\/]lib[\\/]TimeSeriesChartBase\.js$/, by: 'echarts-time-series.ts' },
  ...['Dialog', 'Menu', 'Popover'].map((name) => ({ request: new RegExp(`^\\./${name}/index\\.js$`), issuer: /[\\/]@mui[\\/]material[\\/]index\.js$/, by: `${name}.ts` })),
  { request: /^\.\/(createThemeWithVars|ThemeProviderWithVars)\.js$/, issuer: /[\\/]@mui[\\/]material[\\/]styles[\\/](createTheme|ThemeProvider)\.js$/, by: 'mui-css-variables.js' },
  { request: /^\.\/visual\/VisualPane$/, issuer: /[\\/]manage[\\/]editor[\\/]Editor\.tsx$/, by: 'VisualPane.tsx' },
  { request: /^\.\.\/core\/(json-schema-processors|to-json-schema)\.js$/, issuer: /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/, by: 'zod-json-schema.cjs' },
];

/** Perses's packages that do not say so themselves: what nobody uses of their indexes may be left out. */
const indexes = /[\\/]@perses-dev[\\/](?:components[\\/]dist|[\w-]+-plugin[\\/]lib)[\\/]/;

/** Where Perses writes numbers, each in its own module. */
const numbers = /[\\/]@perses-dev[\\/]core[\\/]dist[\\/]model[\\/]units[\\/](?:bytes|currency|decimal|percent|throughput|time)\.js$/;

export function makeSmaller(config) {
  Object.assign(config.resolve.alias, packages);
  config.module.rules.push({ test: indexes, sideEffects: false }, { test: numbers, loader: standIn('by-locale.cjs') });
  for (const { request, issuer, by } of imports) {
    config.plugins.push(
      new webpack.NormalModuleReplacementPlugin(request, (resource) => {
        if (issuer.test(resource.contextInfo.issuer)) resource.request = standIn(by);
      }),
    );
  }
  // Next's is made for pages: it provides a Buffer, and groups modules for the first load of a page.
  config.plugins = config.plugins.filter(({ constructor }) => constructor.name !== 'ProvidePlugin');
  config.optimization.splitChunks = { chunks: 'async', minSize: 10_000, maxAsyncRequests: 20 };
}
