/** Explains every error code. Open to everyone: one of them is about not being signed in. */
import type { Metadata } from 'next';
import { texts } from '../../../components/texts';
import { ErrorHelp } from '../views';

export const metadata: Metadata = { title: texts.feedback.help.title };

export default function HelpPage() {
  return <ErrorHelp />;
}
