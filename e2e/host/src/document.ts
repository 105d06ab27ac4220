/** What the host's server wrote into the document. */
import type { ModulePage } from '../server/settings';

export interface HostDocument {
  readonly remotes: readonly { readonly name: string; readonly remoteEntry: string }[];
  readonly pages: readonly ModulePage[];
  readonly userName: string;
}

export function readDocument(): HostDocument {
  // Written by server/pages.ts.
  return JSON.parse(document.getElementById('host-data')?.textContent ?? '') as HostDocument;
}
