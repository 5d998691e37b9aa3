import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Rooms that give the same answer at any time on any machine. */
const pureRooms = ['domain', 'ports', 'pipeline', 'learning', 'station', 'monitoring', 'records'].map((room) => `src-main/${room}/**/*.ts`)

export default tseslint.config(
  { ignores: ['out/**', 'release/**', 'node_modules/**', 'test/results/**', 'models/**', '**/*.cjs', '**/*.mjs', 'eslint.config.js'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Objects here are closures: their methods use no `this`, and an async one may answer at once because its interface says Promise.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'smart'],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'A file is named by what it exports: export it by that name.' },
        { selector: 'TSEnumDeclaration', message: 'Node runs the sources by stripping types: use a const array and its union.' },
      ],
    },
  },
  {
    files: ['src-main/**/*.ts', 'src-preload/**/*.ts', 'src-renderer/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'no-console': ['error', { allow: ['error'] }],
    },
  },
  { files: ['src-renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  {
    files: pureRooms,
    rules: {
      'no-restricted-globals': ['error', ...['Date', 'performance', 'setTimeout', 'setInterval', 'queueMicrotask', 'fetch', 'crypto', 'process'].map((name) => ({ name, message: 'The pure rooms read no clock, set no timer and touch nothing: it comes through a port.' }))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Draw from a seeded generator that is given as an argument: the same images and seed give the same model.' }],
    },
  },
  {
    files: ['test/**/*.ts', '*.config.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      // Configuration files are read by their default export.
      'no-restricted-syntax': 'off',
    },
  },
)
