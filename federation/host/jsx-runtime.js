// JSX by the host's React. The runtime that React ships beside itself would be a copy of ours, built for production; a
// host in development then warns of missing keys where there is nothing to warn of, because only its own runtime marks
// children that stand in the source as such.
import { createElement, Fragment } from 'react';

export { Fragment };

export function jsx(type, props, key) {
  return createElement(type, key === undefined ? props : { ...props, key });
}

export function jsxs(type, { children, ...props }, key) {
  return createElement(type, key === undefined ? props : { ...props, key }, ...children);
}
