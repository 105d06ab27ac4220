/**
 * The checking proxy in front of the demo's Prometheus, as a process.
 *
 * Usage: main.ts <settings file>, see settings.ts
 */
import { readFileSync } from 'node:fs';
import { loopback } from '../processes/ports';
import { createProxy } from './proxy';
import type { ProxySettings } from './settings';

// Written by ../stack.ts for this process; JSON.parse cannot know.
const settings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ProxySettings;

const server = createProxy(settings);
server.listen(settings.port, loopback);
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
