/** A text in YAML that is edited: highlighting, suggestions, and problems at their lines. Knows nothing of what it is for. */
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { acceptCompletion, autocompletion, completionKeymap, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { TextProblem } from '../../../lib/contracts/editor';
import { suggestionsAt, type Known } from './suggestions';

export interface YamlEditorHandle {
  /** Puts the cursor at the beginning of what is in a line, counted from 1, and shows it. */
  readonly goTo: (line: number, column: number) => void;
}

export interface YamlEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isReadOnly: boolean;
  readonly problems: readonly TextProblem[];
  readonly known: Known;
  readonly label: string;
  /** Of the page's content security policy, if it has one. */
  readonly nonce: string | undefined;
  readonly handle?: Ref<YamlEditorHandle>;
}

const color = (name: string): string => `var(--pf-t--global--${name})`;

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '0.8125rem', color: color('text--color--regular'), backgroundColor: color('background--color--primary--default') },
  '&.cm-focused': { outline: `2px solid ${color('border--color--clicked')}`, outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: color('font--family--mono'), lineHeight: '1.6' },
  '.cm-gutters': { color: color('text--color--subtle'), backgroundColor: color('background--color--secondary--default'), border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: color('background--color--action--plain--hover') },
  '.cm-cursor': { borderLeftColor: color('text--color--regular') },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: color('background--color--highlight--default'), opacity: '0.5' },
  '.cm-tooltip, .cm-panels': { color: color('text--color--regular'), backgroundColor: color('background--color--floating--default'), border: `1px solid ${color('border--color--default')}` },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { color: color('text--color--on-brand--default'), backgroundColor: color('color--brand--default') },
  '.cm-foldPlaceholder': { color: color('text--color--regular'), backgroundColor: color('background--color--secondary--default'), border: 'none' },
  '.cm-textfield, .cm-button': { color: color('text--color--regular'), backgroundColor: color('background--color--primary--default'), backgroundImage: 'none' },
});

const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: color('text--color--brand--default') },
  { tag: [tags.string, tags.special(tags.string)], color: color('text--color--regular') },
  { tag: [tags.number, tags.bool, tags.null], color: color('text--color--status--info--default') },
  { tag: tags.comment, color: color('text--color--subtle'), fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: color('text--color--subtle') },
]);

export default function YamlEditor({ value, onChange, isReadOnly, problems, known, label, nonce, handle }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>();
  const settings = useRef(new Compartment());
  // Read when something happens in the editor, which is made once.
  const latest = useRef({ onChange, known, value });
  useEffect(() => {
    latest.current = { onChange, known, value };
  });

  useEffect(() => {
    if (place.current === null) return;
    const suggest = (context: CompletionContext): CompletionResult | null => suggestionsFor(context, latest.current.known);
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          nonce === undefined ? [] : EditorView.cspNonce.of(nonce),
          settings.current.of([]),
          lineNumbers(),
          foldGutter(),
          codeFolding(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          search({ top: true }),
          autocompletion({ override: [suggest], icons: false }),
          yaml(),
          syntaxHighlighting(highlighting),
          theme,
          EditorView.lineWrapping,
          // Tab goes on to the next control, as everywhere, unless a suggestion is open.
          keymap.of([{ key: 'Tab', run: acceptCompletion }, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = undefined;
      editor.destroy();
    };
  }, [nonce]);

  useEffect(() => {
    view.current?.dispatch({ effects: settings.current.reconfigure(settingsOf(label, isReadOnly)) });
  }, [label, isReadOnly, nonce]);

  useEffect(() => {
    const editor = view.current;
    // Not what was just typed, which comes back from above.
    if (editor !== undefined && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state, problems)));
  }, [problems]);

  useImperativeHandle(handle, () => ({
    goTo: (line, column) => {
      const editor = view.current;
      if (editor === undefined) return;
      const at = offsetOf(editor.state, line, column);
      editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      editor.focus();
    },
  }));

  return <div ref={place} style={{ height: '100%', minHeight: 0 }} data-testid="yaml-editor" />;
}

function settingsOf(label: string, isReadOnly: boolean): Extension {
  // What scrolls has to hold something that tools know to take the focus.
  return [EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', ...(isReadOnly ? { 'aria-readonly': 'true' } : {}) }), EditorState.readOnly.of(isReadOnly)];
}

function suggestionsFor(context: CompletionContext, known: Known): CompletionResult | null {
  const found = suggestionsAt(context.state.sliceDoc(0, context.pos), known);
  // While typing, only where something was typed; nobody wants a list at every new line.
  if (found === undefined || found.suggestions.length === 0 || (!context.explicit && found.typed === 0)) return null;
  return {
    from: context.pos - found.typed,
    options: found.suggestions.map(({ label, type, apply }) => ({ label, apply, type: type === 'key' ? 'property' : 'constant' })),
    validFor: /^['"$#/\w.-]*$/,
  };
}

function offsetOf(state: EditorState, line: number, column: number): number {
  const { from, to } = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  return Math.min(from + column - 1, to);
}

/** To the end of the line: the server names where it begins. The text may have changed since. */
function diagnosticsOf(state: EditorState, problems: readonly TextProblem[]): Diagnostic[] {
  return problems.map(({ line, column, reason, remedy, severity }) => {
    const from = offsetOf(state, line, column);
    return { from, to: Math.max(from, state.doc.lineAt(from).to), severity: severity === 'error' ? 'error' : 'info', message: `${reason}\n${remedy}` };
  });
}
