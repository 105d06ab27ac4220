/** A real Keycloak, in memory and on this machine only. Knows nothing of realms. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { loopback } from '../../demo/processes/ports';
import type { Supervisor } from '../../demo/processes/supervisor';
import { createAdmin, type KeycloakAdmin } from './admin';

export interface KeycloakOptions {
  readonly supervisor: Supervisor;
  /** Where Keycloak is unpacked and built, with the database `dev-mem`. */
  readonly home: string;
  readonly port: number;
}

export interface RunningKeycloak {
  readonly url: string;
  readonly admin: KeycloakAdmin;
}

export async function startKeycloak({ supervisor, home, port }: KeycloakOptions): Promise<RunningKeycloak> {
  const url = `http://${loopback}:${port}`;
  const credentials = { username: 'bootstrap', password: randomBytes(12).toString('base64url') };
  await supervisor.start({
    name: 'keycloak',
    command: join(home, 'bin', 'kc.sh'),
    args: [
      'start',
      '--optimized',
      // A cluster of its own would listen on every address of the machine.
      '--cache=local',
      '--http-enabled=true',
      `--http-host=${loopback}`,
      `--http-port=${port}`,
      `--hostname=${url}`,
    ],
    env: {
      JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
      KC_BOOTSTRAP_ADMIN_USERNAME: credentials.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: credentials.password,
    },
    readyUrl: `${url}/realms/master/.well-known/openid-configuration`,
  });
  return { url, admin: createAdmin(url, credentials) };
}
