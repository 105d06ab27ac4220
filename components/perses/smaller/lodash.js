// Stands in for the package `lodash` where Perses asks for all of it to use these two; see federation/smaller.mjs.
export { default as merge } from 'lodash/merge';
export { default as toUpper } from 'lodash/toUpper';
