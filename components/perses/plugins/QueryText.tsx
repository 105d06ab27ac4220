/**
 * The query of a panel, for those who ask. In place of Perses's editor: that one brings its own styles, which the
 * content security policy does not let in, and asks the metrics backend for what only an author needs.
 */
import { CodeBlock, CodeBlockCode } from '@patternfly/react-core';
import type { OptionsEditorProps } from '@perses-dev/plugin-system';

export function QueryText({ value }: OptionsEditorProps<{ readonly query: string }>) {
  return (
    <CodeBlock>
      <CodeBlockCode>{value.query}</CodeBlockCode>
    </CodeBlock>
  );
}
