/** A panel of text. */
import { Markdown as Text } from '../Markdown';
import { panel } from './panel';

function MarkdownPanel({ spec: { text } }: { readonly spec: { readonly text: string } }) {
  return <Text text={text} />;
}

export const Markdown = panel(MarkdownPanel);
