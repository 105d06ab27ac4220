/** The plugins as Perses loads them. */
import { dynamicImportPluginLoader } from '@perses-dev/plugin-system';
import { pluginModules } from './plugins/modules';

export const pluginLoader = dynamicImportPluginLoader([...pluginModules]);
