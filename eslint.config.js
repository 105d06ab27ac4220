import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const readAttributes = '/^(aria-label|aria-description|aria-roledescription|alt|title|label|placeholder|text|titleText|toggleText|headerContent|categoryName|screenreaderText|valueText|hoverTip|clickTip|textAriaLabel|buttonAriaLabel)$/';
const letters = '/[A-Za-z]/';

/** Words for people where they are likely to be written: between tags, in attributes that are read, and as whole sentences. */
const wordsOutsideTexts = [
  `JSXText[value=${letters}]`,
  `JSXAttribute[name.name=${readAttributes}] :matches(Literal[value=${letters}], TemplateElement[value.raw=${letters}])`,
  `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > :matches(Literal[value=${letters}], TemplateLiteral > TemplateElement[value.raw=${letters}])`,
  `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression) > :matches(Literal[value=${letters}], TemplateLiteral > TemplateElement[value.raw=${letters}])`,
  'Property[key.name=/^(title|label|text)$/] > Literal[value=/^[A-Z][a-z]/]',
  // What is thrown is for developers.
  ':not(NewExpression) > Literal[value=/^[A-Z][a-z]+,? [a-z]+/]',
  ':not(NewExpression) > TemplateLiteral > TemplateElement[value.raw=/^[A-Z][a-z]+,? [a-z]+/]',
].map((selector) => ({ selector, message: 'Words that people read are in components/texts.' }));

// Layer rules (who may import whom) are in .dependency-cruiser.cjs; `npm run lint` runs both.
export default tseslint.config(
  { ignores: ['**/node_modules/', '**/.next/', 'dist/', '.demo/', '.cache/', 'public/', 'next-env.d.ts', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js', '*.mjs', '*.cjs', 'demo/*.mjs', 'scripts/*.mjs'] }, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // Numbers and booleans print as people expect; objects do not, and stay forbidden.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `const { left, ...kept } = value` leaves something out on purpose.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['{app,components,federation}/**/*.{ts,tsx}'],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
  },
  {
    // What people read is in components/texts, ready for another language.
    files: ['{app,components,federation}/**/*.{ts,tsx}'],
    ignores: ['components/texts/**', 'components/testing/**', '**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...wordsOutsideTexts] },
  },
  {
    // The environment is read in one place: lib/config (and by the tools that start things).
    files: ['lib/**/*.ts', 'components/**/*.{ts,tsx}', 'app/**/*.{ts,tsx}', 'federation/**/*.{ts,tsx}'],
    ignores: ['lib/config/**', '**/*.test.ts', '**/*.test.tsx'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only lib/config reads the environment.' }] },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly', module: 'writable' } },
  },
  {
    files: ['demo/**', 'scripts/**', 'bench/**', 'e2e/**', 'helm/**'],
    rules: { 'no-console': 'off' },
  },
);
