/** A short address, such as `/observability/serving?model=bert`. */
import { notFound } from 'next/navigation';
import { shortcutPath } from '../../../lib/contracts/links';
import { isShortcut } from '../../../lib/contracts/shortcuts';
import { requireVisitor, type SearchParams } from '../../visitor';
import { ShortcutLanding } from '../views';

interface ShortcutPageProps {
  readonly params: Promise<{ readonly shortcut: string }>;
  readonly searchParams: Promise<SearchParams>;
}

export default async function ShortcutPage({ params, searchParams }: ShortcutPageProps) {
  const { shortcut } = await params;
  if (!isShortcut(shortcut)) {
    notFound();
  }
  await requireVisitor(shortcutPath(shortcut, {}), await searchParams);
  return <ShortcutLanding shortcut={shortcut} />;
}
