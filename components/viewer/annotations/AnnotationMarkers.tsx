/**
 * Alerts and deployments as lines over a time series chart, which is beside this in the same element. Beside Perses's
 * chart rather than in it: it takes no marks. For the eye alone; AnnotationList says the same in words.
 */
import { useEffect, useRef, useState } from 'react';
import { useTimeZone } from '@perses-dev/components';
import { toZonedTime } from 'date-fns-tz';
import { getInstanceByDom, type ECharts } from 'echarts/core';
import { texts } from '../../texts';
import { whenText } from './annotations';
import { grouped, type Marker } from './markers';
import { useAnnotations } from './use-annotations';
import styles from './annotations.module.css';

export default function AnnotationMarkers() {
  const { found } = useAnnotations();
  const { timeZone } = useTimeZone();
  const layer = useRef<HTMLDivElement>(null);
  const [markers, setMarkers] = useState<readonly Marker[]>([]);

  useEffect(() => {
    const around = layer.current?.parentElement;
    if (around === null || around === undefined || found.length === 0) {
      setMarkers([]);
      return;
    }
    let chart: ECharts | undefined;
    const place = (): void => {
      const next = chart === undefined || chart.isDisposed() ? [] : placedOn(chart, around);
      setMarkers((last) => (JSON.stringify(last) === JSON.stringify(next) ? last : next));
    };
    const placedOn = (drawn: ECharts, frame: HTMLElement): Marker[] => {
      const [inner, outer] = [drawn.getDom().getBoundingClientRect(), frame.getBoundingClientRect()];
      const placed = found.flatMap((annotation) => {
        // The chart's axis counts in the time zone shown, as Perses gives it its times.
        const x = annotation.start === undefined ? Number.NaN : drawn.convertToPixel({ xAxisIndex: 0 }, toZonedTime(annotation.start, timeZone).getTime());
        return x >= 0 && x <= inner.width ? [{ annotation, x: Math.round(x + inner.left - outer.left) }] : [];
      });
      return grouped(placed, { top: Math.round(inner.top - outer.top), height: Math.round(inner.height) });
    };
    // Perses makes the chart anew when the theme changes.
    const follow = (): void => {
      const element = around.querySelector<HTMLElement>('[_echarts_instance_]');
      const current = element === null ? undefined : getInstanceByDom(element);
      if (current !== chart) {
        if (chart?.isDisposed() === false) chart.off('finished', place);
        current?.on('finished', place);
        chart = current;
      }
      place();
    };
    const observer = new MutationObserver(follow);
    observer.observe(around, { childList: true, subtree: true });
    follow();
    return () => {
      observer.disconnect();
      if (chart?.isDisposed() === false) chart.off('finished', place);
    };
  }, [found, timeZone]);

  return (
    <div ref={layer} className={styles['layer']} aria-hidden="true">
      {markers.map(({ x, top, height, kind, annotations }) => (
        <div key={x} className={`${styles['marker'] ?? ''} ${styles[kind] ?? ''}`} style={{ left: x, top, height }} data-mark="line" data-testid="annotation-marker">
          <span className={styles['head']} data-mark="head" title={annotations.map((annotation) => `${annotation.what}, ${annotation.where}, ${whenText(annotation, timeZone)}`).join('\n')}>
            {texts.events.letters[kind]}
            {annotations.length > 1 && annotations.length}
          </span>
        </div>
      ))}
    </div>
  );
}
