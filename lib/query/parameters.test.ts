import { describe, expect, test } from 'vitest';
import { parseDuration, parseTime, readParameters, single } from './parameters';

describe('times', () => {
  test.each([
    ['1700000000', 1_700_000_000],
    ['1700000000.1234', 1_700_000_000.123],
    ['1.7e9', 1_700_000_000],
    ['-1', -1],
    ['.5', 0.5],
    ['2023-11-14T22:13:20Z', 1_700_000_000],
    ['2023-11-14T23:13:20.5+01:00', 1_700_000_000.5],
  ])('%s', (text, seconds) => {
    expect(parseTime('time', text)).toBe(seconds);
  });

  test.each(['now', '2023-11-14', '2023-11-14T22:13:20', '2023-13-14T22:13:20Z', 'NaN', 'Inf', '-Inf', '1e300', '0x10', '1_000', ' 1', '1 ', '1&query=up', '', '1'.repeat(65)])('%j is refused', (text) => {
    expect(() => parseTime('time', text)).toThrow(expect.objectContaining({ code: 'ERR_QUERY_001' }) as Error);
  });
});

describe('durations', () => {
  test.each([
    ['15', 15],
    ['0.5', 0.5],
    ['15s', 15],
    ['1h30m', 5400],
    ['1y2w3d4h5m6s7ms', 365 * 86_400 + 14 * 86_400 + 3 * 86_400 + 4 * 3600 + 306.007],
    ['250ms', 0.25],
  ])('%s', (text, seconds) => {
    expect(parseDuration('step', text)).toBeCloseTo(seconds, 6);
  });

  test.each(['0', '0s', '-5', '-5m', '5x', 'm', '1m1h', '1.5h', 'Inf', 'NaN', '1e300', '5m ', '', '1'.repeat(65)])('%j is refused', (text) => {
    expect(() => parseDuration('step', text)).toThrow(expect.objectContaining({ code: 'ERR_QUERY_001' }) as Error);
  });
});

describe('parameters given more than once', () => {
  test('the same value twice is one value', () => {
    expect(single(new URLSearchParams('a=1&a=1'), 'a')).toBe('1');
  });

  test('different values are refused, an empty one included', () => {
    expect(() => single(new URLSearchParams('a=1&a=2'), 'a')).toThrow();
    expect(() => single(new URLSearchParams('a=1&a='), 'a')).toThrow();
  });

  test('an empty value counts as absent', () => {
    expect(single(new URLSearchParams('a='), 'a')).toBeUndefined();
  });
});

describe('what could keep the process busy', () => {
  const post = (body: string) => readParameters(new Request('http://app/query?b=1', { method: 'POST', body: new URLSearchParams(body) }), new AbortController().signal);

  test('more parameters than any form has are refused', async () => {
    await expect(post('a=&'.repeat(1000))).rejects.toMatchObject({ code: 'ERR_QUERY_003' });
    expect((await post('a=&'.repeat(900))).getAll('b')).toEqual(['1']);
  });

  test('a time or duration as long as a body is refused before it is looked at', () => {
    const digits = `${'1'.repeat(250_000)}x`;
    expect(() => parseTime('time', digits)).toThrow();
    expect(() => parseDuration('step', digits)).toThrow();
  });
});
