/**
 * Starts a program the way a container runtime does, without one: its own root with nothing but Node, the image's tree and
 * the mounts, all read-only but volumes; a user id that nobody knows; the environment it is given and no other. There is no shell in it.
 */
import { spawnSync } from 'node:child_process';
import type { PartSpec } from '../../demo/processes/part';

/** What OpenShift gives the first pod of a namespace. */
export const arbitraryUser = 1_000_750_000;

export interface ContainerOptions {
  /** Empty folder to build the root in; what is mounted there is seen by the program only. */
  readonly root: string;
  /** Folders by the path at which the program finds them. */
  readonly mounts: Readonly<Record<string, string>>;
  /** The same, and the program may write there. */
  readonly volumes: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** Why no container can be started here; undefined when one can. */
export function whyNoContainer(): string | undefined {
  const { status, stderr } = spawnSync('unshare', ['--mount', 'true'], { encoding: 'utf8' });
  return status === 0 ? undefined : `no mount namespace can be made here: ${stderr}`;
}

// `$1` is the root; then come folder, path, and `ro` or `rw` of each mount, `--`, and the command. The root is made read-only last.
const script = `set -e
root=$1; shift
mount -t tmpfs -o mode=755 none "$root"
mkdir -p "$root/usr/bin" "$root/lib" "$root/lib64" "$root/proc" "$root/dev" "$root/tmp"
touch "$root/usr/bin/node"
mount --bind "$(command -v node)" "$root/usr/bin/node"
for folder in lib lib64 proc dev; do mount --rbind "/$folder" "$root/$folder"; done
while [ "$1" != -- ]; do
  mkdir -p "$root$2"
  mount --bind "$1" "$root$2"
  mount -o "remount,bind,$3" "$root$2"
  shift 3
done
shift
mount -o remount,ro "$root"
exec env -i "$@"`;

/** The command that a supervisor starts; the program is its process in the end, so signals reach it. */
export function containerCommand({ root, mounts, volumes, workingDirectory, environment, args }: ContainerOptions): Pick<PartSpec, 'command' | 'args'> {
  const mounted = [...Object.entries(mounts).map(([path, folder]) => [folder, path, 'ro']), ...Object.entries(volumes).map(([path, folder]) => [folder, path, 'rw'])].flat();
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const program = ['/usr/bin/unshare', `--root=${root}`, `--wd=${workingDirectory}`, '--setgid=0', `--setuid=${arbitraryUser}`, '/usr/bin/node', ...args];
  return { command: 'unshare', args: ['--mount', 'sh', '-c', script, 'sh', root, ...mounted, '--', ...variables, ...program] };
}
