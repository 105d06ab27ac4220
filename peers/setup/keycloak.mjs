// Keycloak from its Maven artifact, with everything that its start would otherwise compute built in.
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../demo/setup/index.mjs';
import { requireCommands } from './commands.mjs';
import { cache } from './paths.mjs';

const version = '26.4.7';
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** Path of a Keycloak that starts with `--optimized` and keeps its data in memory. */
export async function ensureKeycloak({ steps }) {
  requireCommands({ java: '-version' });
  const home = join(cache, `keycloak-${version}`);
  if (
    await access(home).then(
      () => true,
      () => false,
    )
  ) {
    return home;
  }
  requireCommands({ mvn: '-version' });
  const unfinished = join(cache, 'keycloak.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await steps.run(`Unpacking Keycloak ${version}`, () =>
    runCommand(
      'mvn',
      [
        '--quiet',
        '--batch-mode',
        '--strict-checksums',
        `${plugin}:unpack`,
        `-Dartifact=org.keycloak:keycloak-quarkus-dist:${version}:zip`,
        `-DoutputDirectory=${unfinished}`,
      ],
      // Without a project, Maven writes into a folder that it calls "${project.basedir}", wherever it stands.
      { cwd: unfinished },
    ),
  );
  const unpacked = join(unfinished, `keycloak-${version}`);
  await steps.run('Building Keycloak', () =>
    runCommand(join(unpacked, 'bin', 'kc.sh'), ['build', '--db=dev-mem'], { env: { ...process.env, JAVA_OPTS_KC_HEAP: '-Xmx512m' } }),
  );
  // Last, so that what is there is whole.
  await rename(unpacked, home);
  await rm(unfinished, { recursive: true, force: true });
  return home;
}
