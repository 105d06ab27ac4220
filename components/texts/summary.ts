/** A project at a glance. How a figure is doing is said by the server. */
export const summary = {
  title: 'Activity and health',
  label: (project: string) => `Activity and health of ${project}`,
  measuredAt: (time: string) => `Measured at ${time}`,
  stale: { title: (age: string) => `These figures are ${age} old`, text: 'They could not be updated.' },
  loading: (project: string) => `Loading activity and health of ${project}`,
  figures: {
    trainingJobs: { title: 'Running training jobs', link: 'Training metrics' },
    gpuUtilization: { title: 'GPU utilization', link: 'GPU metrics' },
    activeNotebooks: { title: 'Notebooks active in the last hour', link: 'Notebook metrics' },
    failedRuns: { title: 'Pipeline runs failed in 24 hours', link: 'Pipeline metrics' },
  },
  absent: 'Not measured',
  failed: (message: string, code: string) => `Not available: ${message} (${code})`,
  models: {
    title: 'Served models',
    link: 'Serving metrics',
    shown: (shown: string, total: string) => `${shown} of ${total} models, those with the most requests.`,
    requestRate: 'Request rate',
    errorRate: 'Error rate',
    latencyP95: 'Latency (p95)',
  },
  /** Values are numbers as text. */
  units: {
    percent: (value: string) => `${value} %`,
    requestsPerSecond: (value: string) => `${value} req/s`,
    milliseconds: (value: string) => `${value} ms`,
    seconds: (value: string) => `${value} s`,
  },
  lastHours: (hours: string) => `the last ${hours} hours`,
  noTrend: (range: string) => `Trend: nothing measured in ${range}`,
  trend: (range: string, first: string, last: string, lowest: string, highest: string) => `Trend of ${range}: from ${first} to ${last}, lowest ${lowest}, highest ${highest}`,
  age: (minutes: number, text: string) => (minutes < 1 ? 'less than a minute' : minutes === 1 ? '1 minute' : `${text} minutes`),
};
