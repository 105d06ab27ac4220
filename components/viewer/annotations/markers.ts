/** Where markers stand on a chart; those that would cover each other stand as one. Pure. */
import type { Annotation } from './annotations';

export interface Placed {
  readonly annotation: Annotation;
  /** In pixels from the left. */
  readonly x: number;
}

interface Chart {
  readonly top: number;
  readonly height: number;
}

export interface Marker extends Chart {
  readonly x: number;
  /** An alert among others counts more than a deployment. */
  readonly kind: Annotation['kind'];
  readonly annotations: readonly Annotation[];
}

/** Width of a marker's head, in pixels. */
const headWidth = 20;

export function grouped(placed: readonly Placed[], chart: Chart): Marker[] {
  const markers: Marker[] = [];
  for (const { annotation, x } of [...placed].sort((a, b) => a.x - b.x)) {
    const last = markers.at(-1);
    if (last !== undefined && x - last.x < headWidth) {
      const annotations = [...last.annotations, annotation];
      markers[markers.length - 1] = { ...last, annotations, kind: annotations.some(({ kind }) => kind === 'alert') ? 'alert' : 'deployment' };
    } else {
      markers.push({ ...chart, x, kind: annotation.kind, annotations: [annotation] });
    }
  }
  return markers;
}
