import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist', 'test-results', 'training', 'public']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Reads of typed arrays in bounds need `!` under noUncheckedIndexedAccess.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The compiler checks this, scripts included.
      'no-undef': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.tsx', 'src/app/**/*.ts', 'src/state/**/*.ts'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // Arrows go one way: app → state → engine/worker/client, engine → dicom → record → formats.
    files: ['src/engine/**', 'src/record/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['**/app/**', '**/state/**'] }] },
  },
  {
    files: ['src/record/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['**/app/**', '**/state/**', '**/engine/**'] }],
    },
  },
  {
    files: ['src/formats/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['app', 'state', 'engine', 'dicom', 'record'].map((folder) => `**/${folder}/**`) },
      ],
    },
  },
  {
    files: ['src/dicom/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['**/app/**', '**/state/**', '**/engine/**'] }],
    },
  },
  {
    files: ['src/app/**', 'src/state/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: 'engine/(?!worker/client$|api$|types$)',
              message: 'The page talks to the engine through engine/worker/client.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/state/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '/app/' }, { regex: 'engine/(?!worker/client$|api$|types$)' }] },
      ],
    },
  },
);
