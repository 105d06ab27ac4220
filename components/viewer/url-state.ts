/**
 * What a viewer shows, written in the query of its address and read back: Perses's parameters `start`, `end`,
 * `refresh`, `var-<name>` (repeated for several values) and `viewPanelRef`; and `compare`, `events` and
 * `kiosk`. Pure; knows no router.
 *
 * Only what a person chose is written. What is absent is the dashboard's own default, so that opening a dashboard adds
 * nothing to the history.
 */
import { isDurationString, isRelativeTimeRange, type DurationString, type TimeRangeValue } from '@perses-dev/core/dist/model/time';
import { isKiosk } from '../host/kiosk';
import { isComparison, type Comparison } from './time/comparison';

const variablePrefix = 'var-';

/** Perses's value for "every option" of a list variable. */
export const allValue = '$__all';

/** Which panel is expanded: its key in the dashboard and, in a repeated row, the variable and value it is repeated for. */
export interface PanelRef {
  readonly ref: string;
  readonly repeatVariable?: [string, string];
}

export interface ViewState {
  readonly timeRange: TimeRangeValue | undefined;
  readonly refreshInterval: DurationString | undefined;
  /** Chosen values by variable name; a variable that was not chosen is absent. */
  readonly variables: Readonly<Record<string, readonly string[]>>;
  readonly panel: PanelRef | undefined;
  /** The earlier time that is drawn over the time range. */
  readonly compare: Comparison | undefined;
  /** Whether alerts and deployments are marked on charts. */
  readonly events: boolean | undefined;
  /** Whether nothing but the panels is shown, as on a screen on a wall. */
  readonly kiosk: boolean;
}

/** A time range as it stands in the address. */
export interface AddressTimeRange {
  /** A duration back from now, such as `6h`, or milliseconds since the epoch. */
  readonly start: string;
  /** Milliseconds since the epoch, where `start` is. */
  readonly end?: string | undefined;
}

/**
 * The query for what a page wants shown first; what is not valid in it is ignored when it is read.
 *
 * @param variables values by the variable's name
 */
export function initialSearch(variables: Readonly<Record<string, string | readonly string[]>>, timeRange: AddressTimeRange | undefined): string {
  const parameters = new URLSearchParams();
  if (timeRange !== undefined) {
    setAll(parameters, 'start', [timeRange.start]);
    setAll(parameters, 'end', timeRange.end === undefined ? [] : [timeRange.end]);
  }
  return writeViewState(parameters.toString(), { variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, [value].flat()])) });
}

export function readViewState(search: string): ViewState {
  const parameters = new URLSearchParams(search);
  const refresh = parameters.get('refresh');
  const compare = parameters.get('compare');
  return {
    timeRange: readTimeRange(parameters.get('start'), parameters.get('end')),
    refreshInterval: refresh !== null && isDuration(refresh) ? refresh : undefined,
    variables: readVariables(parameters),
    panel: readPanelRef(parameters.get('viewPanelRef')),
    compare: isComparison(compare) ? compare : undefined,
    events: parameters.get('events') === 'on' ? true : parameters.get('events') === 'off' ? false : undefined,
    kiosk: isKiosk(parameters),
  };
}

/**
 * The query after a change. Parameters that are not the viewer's stay as they are, so does their order: the same state
 * always gives the same address.
 *
 * @param search the query now
 * @param change what becomes different; a part that is given as undefined goes back to the default
 */
export function writeViewState(search: string, change: Partial<ViewState>): string {
  const parameters = new URLSearchParams(search);
  if ('timeRange' in change) {
    const { timeRange } = change;
    const relative = timeRange !== undefined && isRelativeTimeRange(timeRange);
    setAll(parameters, 'start', timeRange === undefined ? [] : [relative ? timeRange.pastDuration : String(timeRange.start.getTime())]);
    setAll(parameters, 'end', timeRange === undefined || relative ? [] : [String(timeRange.end.getTime())]);
  }
  if ('refreshInterval' in change) {
    setAll(parameters, 'refresh', change.refreshInterval === undefined ? [] : [change.refreshInterval]);
  }
  for (const [name, values] of Object.entries(change.variables ?? {})) {
    setAll(parameters, variablePrefix + name, values);
  }
  if ('panel' in change) {
    setAll(parameters, 'viewPanelRef', change.panel === undefined ? [] : [JSON.stringify(change.panel)]);
  }
  if ('compare' in change) {
    setAll(parameters, 'compare', change.compare === undefined ? [] : [change.compare]);
  }
  if ('events' in change) {
    setAll(parameters, 'events', change.events === undefined ? [] : [change.events ? 'on' : 'off']);
  }
  if ('kiosk' in change && change.kiosk !== isKiosk(parameters)) {
    setAll(parameters, 'kiosk', change.kiosk ? ['on'] : []);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function setAll(parameters: URLSearchParams, name: string, values: readonly string[]): void {
  const [first, ...rest] = values;
  if (first === undefined) {
    parameters.delete(name);
    return;
  }
  parameters.set(name, first);
  for (const value of rest) {
    parameters.append(name, value);
  }
}

function readTimeRange(start: string | null, end: string | null): TimeRangeValue | undefined {
  if (start !== null && isDuration(start)) {
    return { pastDuration: start };
  }
  const from = readInstant(start);
  const to = readInstant(end);
  return from !== undefined && to !== undefined && from < to ? { start: from, end: to } : undefined;
}

/** Milliseconds since the epoch, as Perses writes them. */
function readInstant(text: string | null): Date | undefined {
  if (text === null || !/^\d{1,15}$/.test(text)) {
    return undefined;
  }
  return new Date(Number(text));
}

/** Perses's own check also accepts the empty string. */
function isDuration(text: string): text is DurationString {
  return text !== '' && isDurationString(text);
}

function readVariables(parameters: URLSearchParams): Record<string, string[]> {
  const variables = new Map<string, string[]>();
  for (const [parameter, value] of parameters) {
    if (parameter.startsWith(variablePrefix) && value !== '') {
      const name = parameter.slice(variablePrefix.length);
      const values = variables.get(name) ?? [];
      variables.set(name, values.includes(value) ? values : [...values, value]);
    }
  }
  return Object.fromEntries(variables);
}

function readPanelRef(text: string | null): PanelRef | undefined {
  if (text === null) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('ref' in value) || typeof value.ref !== 'string') {
    return undefined;
  }
  const repeat: unknown = 'repeatVariable' in value ? value.repeatVariable : undefined;
  return isPair(repeat) ? { ref: value.ref, repeatVariable: repeat } : { ref: value.ref };
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'string');
}
