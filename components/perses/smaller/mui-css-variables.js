// Stands in for MUI's themes with CSS variables: ours has none (theme.ts), so neither is ever called.
const unused = () => {
  throw new Error('The theme has no CSS variables.');
};

export { unused as CssVarsProvider, unused as default };
