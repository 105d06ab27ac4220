/** The viewer as a part of a host's page. */
import { DashboardViewer, type DashboardViewerProps } from '../../components/viewer/DashboardViewer';
import { RouterHost, type EmbeddingProps } from '../host/RouterHost';

export default function Viewer({ apiBase, onNavigate, ...viewer }: DashboardViewerProps & EmbeddingProps) {
  return (
    <RouterHost apiBase={apiBase} onNavigate={onNavigate}>
      <DashboardViewer {...viewer} />
    </RouterHost>
  );
}
