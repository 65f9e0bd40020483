import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const petrol: MantineColorsTuple = [
  '#ecf6f8', '#d5eaef', '#abd4de', '#7dbccb', '#53a4b7', '#3790a5', '#227f95', '#126d83', '#0b5a6e', '#07485a',
]
const paper: MantineColorsTuple = [
  '#faf8f5', '#f3f0eb', '#e8e4dd', '#dad5cc', '#c4beb3', '#a39d92', '#6b665d', '#57534b', '#413e38', '#2b2925',
]
const ink: MantineColorsTuple = [
  '#dbe4e7', '#b7c5ca', '#9aacb2', '#6a7f87', '#3a4e57', '#2b3e46', '#1f3038', '#18272e', '#101b21', '#0a1317',
]

/** The look of Segue: petrol on warm paper, ink at night. All colours live here and in `tokens.css`. */
export const theme = createTheme({
  colors: { petrol, gray: paper, dark: ink },
  primaryColor: 'petrol',
  // Lighter shades miss WCAG AA as link and button text.
  primaryShade: 8,
  autoContrast: true,
  black: '#1c2427',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "'Figtree Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'JetBrains Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.78rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.6rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '0.975rem', lineHeight: '1.4' },
    },
  },
  components: {
    Card: { defaultProps: { withBorder: true, padding: 'md', radius: 'lg' } },
    Paper: { defaultProps: { radius: 'lg' } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 'md' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.45, blur: 2 } },
      styles: { title: { fontSize: '1.125rem', fontWeight: 650 } },
    },
    Anchor: { defaultProps: { underline: 'hover' } },
    Menu: { defaultProps: { shadow: 'md', withinPortal: true } },
  },
})

/** What Mantine's own variables get wrong for us: placeholders too pale, errors too light at night. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-placeholder': '#6b665d',
    '--mantine-color-error': 'var(--tone-bad-text)',
    '--mantine-color-default-border': '#dad5cc',
  },
  dark: {
    '--mantine-color-placeholder': '#9aacb2',
    '--mantine-color-error': 'var(--tone-bad-text)',
    '--mantine-color-anchor': '#8ecbd9',
    '--mantine-color-default-border': '#3a4e57',
  },
})
