/**
 * Stands in for `react-grid-layout`: the same places for panels, without the dragging and resizing of those who edit.
 * What a panel shows is made when it comes near the window, so that the first panels do not wait for those further down.
 */
import { Children, isValidElement, useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import { arrange, rowsOf, type Place } from './arrange';

/** What Perses's rows of panels pass, as far as it matters to readers. In pixels where it is not in cells. */
interface GridProps {
  readonly className: string;
  readonly breakpoints: { readonly sm: number };
  readonly cols: { readonly sm: number; readonly xxs: number };
  readonly rowHeight: number;
  readonly margin: readonly [number, number];
  readonly containerPadding: readonly [number, number];
  readonly layouts: { readonly sm: readonly Place[] };
  readonly allowOverlap: boolean;
  readonly onWidthChange: (width: number, margin: readonly [number, number], columns: number, padding: readonly [number, number]) => void;
  /** One element for each place, whose key names it. */
  readonly children: readonly ReactElement<{ readonly style: CSSProperties; readonly children: ReactNode }>[];
}

export function Responsive({ className, breakpoints, cols, rowHeight, margin, containerPadding, layouts, allowOverlap, onWidthChange, children }: GridProps) {
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container);
  const columns = width === undefined || width > breakpoints.sm ? cols.sm : cols.xxs;
  const places = useMemo(() => arrange(layouts.sm, columns, allowOverlap), [layouts.sm, columns, allowOverlap]);

  useEffect(() => {
    if (width !== undefined) {
      onWidthChange(width, margin, columns, containerPadding);
    }
    // Margins never change, and the rest only with the width.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [width, columns]);

  const across = ((width ?? 0) - margin[0] * (columns - 1) - containerPadding[0] * 2) / columns;
  const size = (cells: number, cell: number, gap: number) => Math.round(cell * cells + Math.max(0, cells - 1) * gap);
  const style = ({ x, y, w, h }: Place): CSSProperties => ({
    position: 'absolute',
    width: size(w, across, margin[0]),
    height: size(h, rowHeight, margin[1]),
    transform: `translate(${Math.round((across + margin[0]) * x + containerPadding[0])}px, ${Math.round((rowHeight + margin[1]) * y + containerPadding[1])}px)`,
  });
  const rows = rowsOf(places.values());

  return (
    <div ref={container} className={`react-grid-layout ${className}`} style={{ height: rows * rowHeight + Math.max(0, rows - 1) * margin[1] + containerPadding[1] * 2 }}>
      {width !== undefined &&
        Children.map(children, (child) => {
          const place = isValidElement(child) ? places.get(String(child.key)) : undefined;
          return place === undefined ? null : <Item style={{ ...child.props.style, ...style(place) }}>{child.props.children}</Item>;
        })}
    </div>
  );
}

/** The other half of the package: here, a grid measures itself. */
export const WidthProvider = (grid: typeof Responsive): typeof Responsive => grid;

function Item({ style, children }: { readonly style: CSSProperties; readonly children: ReactNode }) {
  const item = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (item.current === null || isNear) {
      return undefined;
    }
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        setNear(true);
      }
    });
    observer.observe(item.current);
    return () => observer.disconnect();
  }, [isNear]);
  return (
    <div ref={item} className="react-grid-item cssTransforms" style={style}>
      {isNear && children}
    </div>
  );
}

/** In pixels; undefined until it is measured. */
function useWidth(element: { readonly current: HTMLElement | null }): number | undefined {
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    if (element.current === null) {
      return undefined;
    }
    // A grid that is hidden keeps the width that it had.
    const measure = (measured: number) => measured > 0 && setWidth(measured);
    measure(element.current.offsetWidth);
    const observer = new ResizeObserver(([entry]) => entry !== undefined && measure(entry.contentRect.width));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
