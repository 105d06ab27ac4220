/**
 * Parts of Perses's editor write styles into the document and know no nonce. They look for their own first, so it is
 * there before them, with the nonce of the page's content security policy.
 */
import { EditorView } from '@codemirror/view';

/** As react-draggable names it; its content is this as well. */
const ofDragging = 'react-draggable-style-el';

export function prepareStyles(nonce: string | undefined): void {
  if (nonce === undefined || document.getElementById(ofDragging) !== null) return;
  const style = document.createElement('style');
  style.id = ofDragging;
  style.nonce = nonce;
  style.textContent = '.react-draggable-transparent-selection *::selection { all: inherit; }';
  document.head.append(style);
  // CodeMirror has one sheet for each document; whoever comes first says with which nonce.
  new EditorView({ extensions: EditorView.cspNonce.of(nonce), root: document }).destroy();
}
