/** Explains every error code. Open to everyone: one of them is about not being signed in. */
import type { Metadata } from 'next';
import { ErrorHelp } from '../views';

export const metadata: Metadata = { title: 'Messages and what to do' };

export default function HelpPage() {
  return <ErrorHelp />;
}
