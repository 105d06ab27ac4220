// Stands in for `resize-observer-polyfill`, which the grid of panels imports: every supported browser has its own.
export default globalThis.ResizeObserver;
