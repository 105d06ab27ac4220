/** Extensions of the configured modules. A module that does not load is logged and skipped. */
import type { ComponentType } from 'react';
import { loadRemote } from '@module-federation/runtime';

export interface Extension {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type LoadComponent = () => Promise<{ readonly default: ComponentType }>;

export async function loadExtensions(names: readonly string[]): Promise<Extension[]> {
  const loaded = await Promise.all(
    names.map(async (name) => {
      try {
        return (await loadRemote<{ default: Extension[] }>(`${name}/extensions`))?.default ?? [];
      } catch (error) {
        console.warn(`Module ${name} was skipped`, error);
        return [];
      }
    }),
  );
  return loaded.flat();
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The extensions of a type, with the properties that the host reads of it. */
export function ofType(extensions: readonly Extension[], type: string) {
  return extensions
    .filter((extension) => extension.type === type)
    .map(({ properties }) => ({
      id: text(properties.id),
      title: text(properties.title),
      href: text(properties.href),
      path: text(properties.path),
      section: text(properties.section),
      group: text(properties.group),
      // A code reference; what is none fails when it is shown, as in ODH Dashboard.
      component: properties.component as LoadComponent,
    }));
}
