import { describe, expect, it } from 'vitest';
import { readViewState, writeViewState } from './url-state';

const nothing = { timeRange: undefined, refreshInterval: undefined, variables: {}, panel: undefined, compare: undefined, events: undefined, kiosk: false };

describe('reading what a viewer shows from its address', () => {
  it('finds nothing chosen in an empty query', () => {
    expect(readViewState('')).toEqual(nothing);
  });

  it('reads a relative time range and a refresh interval', () => {
    expect(readViewState('?start=6h&refresh=30s')).toEqual({ ...nothing, timeRange: { pastDuration: '6h' }, refreshInterval: '30s' });
  });

  it('reads a time range from one instant to another', () => {
    expect(readViewState('?start=1700000000000&end=1700003600000').timeRange).toEqual({
      start: new Date(1_700_000_000_000),
      end: new Date(1_700_003_600_000),
    });
  });

  it('reads a variable that is repeated as several values, each once', () => {
    expect(readViewState('?var-job=a&var-namespace=x&var-job=b&var-job=a').variables).toEqual({ job: ['a', 'b'], namespace: ['x'] });
  });

  it('keeps a value whole that holds commas, spaces and quotes', () => {
    expect(readViewState(`?var-job=${encodeURIComponent('a,b "c"')}`).variables).toEqual({ job: ['a,b "c"'] });
  });

  it('reads the expanded panel, with the value that its row is repeated for', () => {
    const panel = { ref: 'loss', repeatVariable: ['job', 'a'] };
    expect(readViewState(`?viewPanelRef=${encodeURIComponent(JSON.stringify(panel))}`).panel).toEqual(panel);
  });

  it.each([
    ['a duration that is none', '?start=soon'],
    ['an empty duration', '?start=&refresh='],
    ['an end before its start', '?start=1700003600000&end=1700000000000'],
    ['a start without its end', '?start=1700000000000'],
    ['a number that is no instant', '?start=1e99&end=2e99'],
    ['a refresh interval that is none', '?refresh=often'],
    ['a panel that is not JSON', '?viewPanelRef=loss'],
    ['a panel of another shape', '?viewPanelRef=%5B1%5D'],
    ['a variable without a value', '?var-job='],
    ['an earlier time that is none', '?compare=soon'],
  ])('ignores %s', (_what, search) => {
    expect(readViewState(search)).toEqual(nothing);
  });

  it.each([
    ['?kiosk', true],
    ['?kiosk=1', true],
    ['?kiosk=off', false],
    ['?kiosk=false', false],
  ])('reads %s as a screen on a wall: %s', (search, kiosk) => {
    expect(readViewState(search)).toEqual({ ...nothing, kiosk });
  });

  it('is not confused by names that objects have anyway', () => {
    expect(readViewState('?var-constructor=a').variables['constructor']).toEqual(['a']);
  });
});

describe('writing a change into the address', () => {
  it('changes nothing when nothing changes, whatever else is in the query', () => {
    const search = '?start=6h&var-job=a&var-job=b&kiosk=1';
    expect(writeViewState(search, {})).toBe(search);
  });

  it('replaces a relative time range by instants, and back', () => {
    const absolute = writeViewState('?start=6h', { timeRange: { start: new Date(1_700_000_000_000), end: new Date(1_700_003_600_000) } });
    expect(absolute).toBe('?start=1700000000000&end=1700003600000');
    expect(writeViewState(absolute, { timeRange: { pastDuration: '1h' } })).toBe('?start=1h');
  });

  it('writes several values of a variable as repeated parameters and leaves other variables alone', () => {
    expect(writeViewState('?var-namespace=x&var-job=a', { variables: { job: ['b', 'c'] } })).toBe('?var-namespace=x&var-job=b&var-job=c');
  });

  it('takes parameters away that go back to the default', () => {
    expect(writeViewState('?start=6h&refresh=5s&var-job=a', { timeRange: undefined, refreshInterval: undefined, variables: { job: [] } })).toBe('');
  });

  it('gives the same state back when read', () => {
    const change = {
      timeRange: { pastDuration: '24h' } as const,
      refreshInterval: '1m' as const,
      variables: { namespace: ['a'], job: ['x y', 'ü&='] },
      panel: { ref: 'loss' },
      compare: 'week' as const,
      events: false,
      kiosk: true,
    };
    expect(readViewState(writeViewState('', change))).toEqual(change);
  });
});
