/** `odhObservability/links`: addresses of dashboards for what a host's page shows. */
import { ViewMetricsLink as Link, type ViewMetricsLinkProps } from '../../components/links/ViewMetricsLink';
import { HostProvider } from '../../components/host/HostProvider';
import { useRouterHost, type EmbeddingProps } from '../host/RouterHost';

export { dashboardHref } from '../../lib/contracts/links';

export function ViewMetricsLink({ onNavigate, ...subject }: ViewMetricsLinkProps & Pick<EmbeddingProps, 'onNavigate'>) {
  const host = useRouterHost({ onNavigate });
  return (
    <HostProvider host={host}>
      <Link {...subject} />
    </HostProvider>
  );
}
