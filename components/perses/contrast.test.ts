import { expect, it } from 'vitest';
import { readable, withReadableColors } from './contrast';

it.each([
  ['amber on white becomes darker', '#b98412', '#ffffff', /^#(?!b98412)[0-9a-f]{6}$/],
  ['a dark red on a dark page becomes lighter', '#a30000', '#1f1f1f', /^#[0-9a-f]{6}$/],
  ['what can be read stays', '#3d7317', '#ffffff', /^#3d7317$/],
  ['names of colours stay', 'gold', '#ffffff', /^gold$/],
  ['a short form is understood', '#fa0', '#ffffff', /^#[0-9a-f]{6}$/],
])('%s', (_name, color, background, expected) => {
  expect(readable(color, background)).toMatch(expected);
});

/** As a browser's tools measure it. */
function ratio(a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b]
    .map((color) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    })
    .sort((x, y) => y - x);
  return light / dark;
}

it.each(['#f0561d', '#b98412', '#63993d', '#ffcc17', '#dca614', '#003f80', '#ffffff', '#000000', '#808080'])('%s reaches the contrast of text in light and dark', (color) => {
  for (const background of ['#ffffff', '#f2f2f2', '#1f1f1f', '#151515', '#292929']) {
    expect(ratio(readable(color, background), background)).toBeGreaterThanOrEqual(4.5);
  }
});

it('changes the colours of thresholds and of mapped values alone', () => {
  const spec = {
    calculation: 'last',
    thresholds: { mode: 'absolute', defaultColor: '#63993d', steps: [{ name: 'Full', value: 90, color: '#ffcc17' }, { value: 95 }] },
    mappings: [{ kind: 'Value', spec: { value: '0', result: { value: 'None', color: '#ffcc17' } } }, { kind: 'Value', spec: { value: '1', result: { value: 'One' } } }],
  };
  expect(withReadableColors(spec, '#ffffff')).toEqual({
    ...spec,
    thresholds: { ...spec.thresholds, defaultColor: readable('#63993d', '#ffffff'), steps: [{ name: 'Full', value: 90, color: readable('#ffcc17', '#ffffff') }, { value: 95 }] },
    mappings: [{ kind: 'Value', spec: { value: '0', result: { value: 'None', color: readable('#ffcc17', '#ffffff') } } }, spec.mappings[1]],
  });
  expect(withReadableColors({ calculation: 'last' }, '#ffffff')).toEqual({ calculation: 'last' });
  expect(withReadableColors(undefined, '#ffffff')).toBeUndefined();
});
