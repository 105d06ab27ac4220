// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { downloadPng } from './download';

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

const box = (left: number, top: number, width: number, height: number) => () => new DOMRect(left, top, width, height);

it('draws the marks of events over the chart: a line in its colour, and behind the letter its own', async () => {
  const figure = document.createElement('div');
  figure.innerHTML = '<div data-mark="line"><span data-mark="head">D</span></div>';
  document.body.append(figure);
  const [line, head] = figure.querySelectorAll<HTMLElement>('[data-mark]');
  if (line === undefined || head === undefined) throw new Error('both are there');
  figure.getBoundingClientRect = box(100, 50, 400, 200);
  line.getBoundingClientRect = box(250, 60, 2, 180);
  head.getBoundingClientRect = box(249, 60, 16, 16);
  Range.prototype.getBoundingClientRect = box(0, 0, 0, 0);
  // jsdom knows neither painting nor what logical properties compute to.
  const styles = { borderInlineStartColor: 'rgb(0, 0, 255)', borderInlineStartWidth: '2px', backgroundColor: 'rgb(0, 0, 200)', getPropertyValue: () => '' };
  vi.spyOn(window, 'getComputedStyle').mockReturnValue(styles as unknown as CSSStyleDeclaration);
  const filled: unknown[] = [];
  const context = { fillStyle: '', scale: vi.fn(), fillText: vi.fn(), drawImage: vi.fn(), fillRect: (...place: number[]) => filled.push([context.fillStyle, ...place]) };
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as unknown as null);
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(null));

  await downloadPng('Latency', figure);

  // The first is the page's background; margins of 16 pixels and a heading of 32 move the rest.
  expect(filled.slice(1)).toEqual([
    ['rgb(0, 0, 255)', 166, 58, 2, 180],
    ['rgb(0, 0, 200)', 165, 58, 16, 16],
  ]);
});
