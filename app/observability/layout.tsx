/** What all pages of the app stand in: masthead with the person's name, and the components' host. */
import type { ReactNode } from 'react';
import { readVisitor } from '../visitor';
import { NextHost } from './next-host';
import { Shell } from './shell';

export default async function ObservabilityLayout({ children }: { readonly children: ReactNode }) {
  const visitor = await readVisitor();
  return (
    <NextHost>
      <Shell userName={visitor?.name}>{children}</Shell>
    </NextHost>
  );
}
