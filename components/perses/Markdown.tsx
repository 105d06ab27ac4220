/**
 * Text of a dashboard's author, with the values of its variables. These come from queries of whoever reads it, so nothing
 * here may carry them anywhere by itself: no image, no style, no form, whatever the policy of the page around it is.
 * In the place of Perses's own component, which lets those through; same text,
 * https://perses.dev/perses/docs/plugins/markdown/.
 */
import { useMemo } from 'react';
import { useReplaceVariablesInString } from '@perses-dev/plugin-system';
import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import styles from './markdown.module.css';

const allowed = {
  ALLOWED_TAGS: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'strong', 'b', 'em', 'i', 'del', 's', 'sub', 'sup', 'code', 'pre', 'kbd', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'a'],
  ALLOWED_ATTR: ['href', 'title', 'start', 'align'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

/** An image is told by its description. */
const markdown = new Marked({ gfm: true, renderer: { image: ({ text }) => text } });

export function Markdown({ text }: { readonly text: string }) {
  const replaced = useReplaceVariablesInString(text) ?? '';
  const html = useMemo(() => DOMPurify.sanitize(markdown.parse(replaced, { async: false }), allowed), [replaced]);
  return <div className={`pf-v6-c-content ${styles.text}`} dangerouslySetInnerHTML={{ __html: html }} />;
}
