import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { t } from '../../src/platform/messages/t'

/** The green of old copper roofs, on warm stone. */
const copper: MantineColorsTuple = [
  '#eef6f3',
  '#dbebe4',
  '#b4d6c9',
  '#8cc3ae',
  '#6db598',
  '#479a7d',
  '#2f8468',
  '#1f6b54',
  '#185645',
  '#103f33',
]

const stone: MantineColorsTuple = [
  '#faf9f6',
  '#f3f1ec',
  '#e8e5dd',
  '#d9d5ca',
  '#c0bbad',
  '#8f897b',
  '#6b665a',
  '#57534a',
  '#3f3c35',
  '#25231f',
]

const slate: MantineColorsTuple = [
  '#e8e5de',
  '#d3cfc6',
  '#b5b0a6',
  '#959086',
  '#4d4b46',
  '#3a3935',
  '#282724',
  '#1d1c1a',
  '#161513',
  '#100f0e',
]

const serif = "'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, 'Book Antiqua', Georgia, serif"

export const theme = createTheme({
  primaryColor: 'copper',
  primaryShade: { light: 7, dark: 6 },
  black: '#25231f',
  colors: { copper, gray: stone, dark: slate },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, monospace",
  headings: {
    fontFamily: serif,
    fontWeight: '600',
    sizes: { h1: { fontSize: '2rem', lineHeight: '1.2' }, h2: { fontSize: '1.3rem' }, h3: { fontSize: '1.1rem' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    // Most fields are required; optional ones say so.
    InputDescription: { styles: { description: { fontSize: '0.825rem', lineHeight: 1.4 } } },
    InputError: { styles: { error: { fontSize: '0.85rem' } } },
    InputWrapper: { defaultProps: { withAsterisk: false } },
    PasswordInput: {
      defaultProps: {
        visibilityToggleFocusable: true,
        visibilityToggleButtonProps: { 'aria-label': t('Show what you typed') },
      },
    },
  },
})

/**
 * Mantine’s light greys and reds have too little contrast. These keep 4.5 : 1 on our backgrounds, in both schemes, and the
 * borders of fields 3 : 1.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#faf9f6',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-error': '#b3261e',
    '--surface': '#ffffff',
    '--line': 'var(--mantine-color-gray-3)',
    '--field-line': 'var(--mantine-color-gray-5)',
    '--state-green': '#2f8468',
    '--state-amber': '#b97a0c',
    '--state-red': '#b3261e',
    '--state-grey': '#8f897b',
    '--notice': '#f4efe1',
    '--notice-line': '#d9c48c',
    '--problem': '#fbeeec',
    '--problem-line': '#e3aaa4',
    '--tag': 'var(--mantine-color-gray-2)',
  },
  dark: {
    '--mantine-color-error': '#ff9c92',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-3)',
    '--surface': 'var(--mantine-color-dark-6)',
    '--line': 'var(--mantine-color-dark-4)',
    '--field-line': '#7d796f',
    '--state-green': '#6db598',
    '--state-amber': '#e3b04b',
    '--state-red': '#ff8a7e',
    '--state-grey': '#959086',
    '--notice': '#2e2a1d',
    '--notice-line': '#6b5a2a',
    '--problem': '#3a2422',
    '--problem-line': '#7d433d',
    '--tag': 'var(--mantine-color-dark-4)',
  },
})
