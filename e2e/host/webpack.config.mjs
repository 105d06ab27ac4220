// Builds the host as ODH Dashboard is built: webpack, one document, and the modules that it shares with what it loads.
import { ModuleFederationPlugin } from '@module-federation/enhanced/webpack';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Of the contract: eager singletons, which modules are expected to take from here. */
const provided = { react: '^18.3.1', 'react-dom': '^18.3.1', 'react-router': '^7.0.0', 'react-router-dom': '^7.0.0', '@patternfly/react-core': '^6.5.0', '@patternfly/react-styles': '^6.5.0' };

/** @param mode with `development` React warns of what a module does wrong */
export const config = (mode) => ({
  mode,
  context: here('.'),
  entry: './src/main.tsx',
  devtool: false,
  output: { path: here(`../../dist/e2e-host/${mode}`), filename: 'assets/[name].[contenthash].js', assetModuleFilename: 'assets/[hash][ext]', publicPath: '/', clean: true },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
    rules: [
      { test: /\.tsx?$/, loader: 'esbuild-loader', options: { target: 'es2022', jsx: 'automatic' } },
      { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
      { test: /\.(woff2?|ttf|svg|png|jpe?g)$/, type: 'asset/resource' },
    ],
  },
  plugins: [
    new MiniCssExtractPlugin({ filename: 'assets/[name].[contenthash].css' }),
    new ModuleFederationPlugin({
      name: 'app',
      shared: {
        ...Object.fromEntries(Object.entries(provided).map(([name, requiredVersion]) => [name, { singleton: true, eager: true, requiredVersion }])),
        '@patternfly/react-icons': { singleton: true, requiredVersion: '^6.5.0' },
      },
      dts: false,
      manifest: false,
    }),
  ],
  performance: { hints: false },
  stats: 'errors-warnings',
});
