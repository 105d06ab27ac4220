/** What a panel shows, as files. Loaded when somebody asks for one. */
import type { TimeSeriesData } from '@perses-dev/core';
import { fileName, toCsv } from './csv';

export function downloadCsv(title: string, data: readonly TimeSeriesData[]): void {
  // The mark at the front tells spreadsheets that the text is UTF-8.
  save(new Blob(['\uFEFF', toCsv(data)], { type: 'text/csv;charset=utf-8' }), fileName(title, 'csv'));
}

/**
 * The picture of a panel: its title above what is painted on its canvases.
 *
 * @param figure the element around the canvases
 */
export async function downloadPng(title: string, figure: HTMLElement): Promise<void> {
  const frame = figure.getBoundingClientRect();
  const styles = getComputedStyle(figure);
  const scale = window.devicePixelRatio;
  const margin = 16;
  const heading = 32;
  const picture = document.createElement('canvas');
  picture.width = (frame.width + 2 * margin) * scale;
  picture.height = (frame.height + heading + 2 * margin) * scale;
  const context = picture.getContext('2d');
  if (context === null) {
    return;
  }
  context.scale(scale, scale);
  context.fillStyle = pageBackground();
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = styles.color;
  context.font = `500 16px ${styles.fontFamily}`;
  context.fillText(title, margin, margin + 16);
  for (const canvas of figure.querySelectorAll('canvas')) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    context.drawImage(canvas, margin + left - frame.left, margin + heading + top - frame.top, width, height);
  }
  drawLines(context, figure, frame, { x: margin, y: margin + heading });
  drawTexts(context, figure, frame, { x: margin, y: margin + heading });
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  if (blob !== null) {
    save(blob, fileName(title, 'png'));
  }
}

/** Marks of events are lines over the canvas, each with a letter that has a colour of its own behind it. */
function drawLines(context: CanvasRenderingContext2D, figure: HTMLElement, frame: DOMRect, origin: { readonly x: number; readonly y: number }): void {
  for (const mark of figure.querySelectorAll('[data-mark]')) {
    const { left, top, width, height } = mark.getBoundingClientRect();
    const { backgroundColor, borderInlineStartColor, borderInlineStartWidth } = getComputedStyle(mark);
    const isLine = mark.getAttribute('data-mark') === 'line';
    context.fillStyle = isLine ? borderInlineStartColor : backgroundColor;
    context.fillRect(origin.x + left - frame.left, origin.y + top - frame.top, isLine ? Number.parseFloat(borderInlineStartWidth) : width, height);
  }
}

/** Legends and figures are text beside the canvas. */
function drawTexts(context: CanvasRenderingContext2D, figure: HTMLElement, frame: DOMRect, origin: { readonly x: number; readonly y: number }): void {
  const texts = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  context.textBaseline = 'middle';
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    range.selectNodeContents(node);
    const { left, top, width, height } = range.getBoundingClientRect();
    const parent = node.parentElement;
    if (parent !== null && width > 1 && height > 1 && left >= frame.left && top >= frame.top && top + height <= frame.bottom + 1) {
      const { color, font } = getComputedStyle(parent);
      context.fillStyle = color;
      context.font = font;
      context.fillText(node.textContent ?? '', origin.x + left - frame.left, origin.y + top - frame.top + height / 2);
    }
  }
}

function pageBackground(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--pf-t--global--background--color--primary--default').trim() || 'white';
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // After the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
