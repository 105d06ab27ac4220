/** "View metrics" of a model, job, run, notebook, project or node: one line on the page that shows it. */
import { dashboardHref, type DashboardSubject } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { embedding } from '../texts/embedding';

export type ViewMetricsLinkProps = DashboardSubject & {
  /** Where the time range begins, such as `6h`; the dashboard's own default without it. */
  readonly start?: string;
};

export function ViewMetricsLink({ start, ...subject }: ViewMetricsLinkProps) {
  const { Link } = useHost();
  const name = subject.kind === 'project' ? subject.namespace : subject.name;
  return (
    <Link href={dashboardHref(subject, start === undefined ? {} : { start })}>
      {embedding.viewMetrics}
      {/* A list of such links, read out, must not be a list of the same words. */}
      <span className="pf-v6-screen-reader">
        {' '}
        {embedding.viewMetricsOf(subject.kind, name)}
      </span>
    </Link>
  );
}
