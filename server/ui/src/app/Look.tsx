import { MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cssVariables, theme } from '~/theme/theme'

/** The theme, with the words that Mantine's own buttons need in the language in use. */
export function Look({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const close = t('do.close')
  const worded = useMemo(() => {
    const closeButtonProps = { 'aria-label': close }
    return mergeThemeOverrides(theme, {
      components: {
        Modal: { defaultProps: { ...theme.components?.['Modal']?.defaultProps, closeButtonProps } },
        Drawer: { defaultProps: { closeButtonProps } },
        Alert: { defaultProps: { closeButtonLabel: close } },
      },
    })
  }, [close])
  return (
    <MantineProvider theme={worded} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  )
}
