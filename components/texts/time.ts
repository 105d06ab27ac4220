/** Time ranges, intervals and comparisons. */
export const time = {
  label: 'Time range',
  ranges: { '15m': 'Last 15 minutes', '1h': 'Last 1 hour', '6h': 'Last 6 hours', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days', '90d': 'Last 90 days' },
  last: (duration: string) => `Last ${duration}`,
  intervals: { '0s': 'Off', '5s': '5 seconds', '15s': '15 seconds', '30s': '30 seconds', '1m': '1 minute', '5m': '5 minutes' },
  earlier: 'Earlier by a half',
  later: 'Later by a half',
  zoomOut: 'Zoom out to twice the time',
  custom: {
    choice: 'Custom range…',
    title: 'Custom time range',
    from: 'From',
    to: 'To',
    date: (end: string) => `${end}: date`,
    time: (end: string) => `${end}: time`,
    calendar: (end: string) => `${end}: calendar`,
    zone: 'Time zone',
    utc: 'UTC',
    browser: (zone: string) => `This browser (${zone})`,
    hint: 'Dates are year, month, day. The time zone holds for all times in dashboards.',
    incomplete: 'Enter both dates with their times.',
    reversed: '"From" must be before "To".',
    apply: 'Apply',
  },
  compare: {
    label: 'Compare with',
    nothing: 'Nothing',
    choices: { previous: 'Previous period', day: 'Same time yesterday', week: 'Same time last week' },
    /** What the earlier time is called in a sentence, and beside the names of its series. */
    names: { previous: 'previous period', day: 'yesterday', week: 'last week' },
    failed: (earlier: string) => `Not compared: ${earlier} could not be loaded`,
    noData: (earlier: string) => `No data: ${earlier}`,
    same: (earlier: string, then: string) => `Same as ${earlier}: ${then}`,
    /** @param change in per cent, as text; empty where there is no telling */
    up: (change: string, then: string, earlier: string) => `▲ Up${change === '' ? '' : ` ${change}`} from ${then} (${earlier})`,
    down: (change: string, then: string, earlier: string) => `▼ Down${change === '' ? '' : ` ${change}`} from ${then} (${earlier})`,
  },
};
