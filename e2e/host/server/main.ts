/** Runs the host as a process. Its settings are in the environment, as JSON. */
import { startHost } from './host';
import type { HostSettings } from './settings';

// Written by whoever starts this process.
const host = await startHost(JSON.parse(process.env.HOST_SETTINGS ?? '') as HostSettings);
process.on('SIGTERM', () => void host.close());
