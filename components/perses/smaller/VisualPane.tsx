/** Stands in for the visual editor in the federated modules: with Perses's editors beside it, every reader would load more. */
import { Content } from '@patternfly/react-core';
import { manageEditor } from '../../texts/manage-editor';

export function VisualPane() {
  return (
    <Content component="p" data-testid="visual-elsewhere">
      {manageEditor.visual.elsewhere}
    </Content>
  );
}
