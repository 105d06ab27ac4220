/** The demo Prometheus's configuration: which addresses it scrapes, under which `job` and `instance`, and which rules it follows. */
import { stringify } from 'yaml';
import type { Exporter } from '../exporters/exposition';

export interface ScrapedAddresses {
  /** `host:port` of the workload exporter. */
  readonly exporter: string;
  /** `host:port` of the app. */
  readonly app: string;
}

/** Prometheus's configuration file. Rule files are paths beside it. */
export function prometheusConfig(exporters: readonly Exporter[], { exporter, app }: ScrapedAddresses, ruleFiles: readonly string[] = []): string {
  const workloads = exporters.map(({ job, path, targets }) => ({
    job_name: job,
    // Labels of the workloads win over those of the scrape, as the monitors on a cluster are set for these exporters.
    honor_labels: true,
    static_configs: targets.map(({ instance }, index) => ({
      targets: [exporter],
      labels: { __metrics_path__: `${path}/${index}`, instance },
    })),
  }));
  const itself = {
    job_name: 'odh-observability',
    metrics_path: '/metrics',
    scrape_interval: '5s',
    scrape_timeout: '4s',
    static_configs: [{ targets: [app], labels: { instance: 'odh-observability' } }],
  };
  return stringify({
    global: { scrape_interval: '15s', scrape_timeout: '10s', evaluation_interval: '30s' },
    rule_files: ruleFiles,
    scrape_configs: [...workloads, itself],
  });
}
