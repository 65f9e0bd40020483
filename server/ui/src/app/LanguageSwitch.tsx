import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, languages } from '~/i18n'

/** Changes the language. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  return (
    <Group gap={4} role="group" aria-label={t('language.label')}>
      {languages.map((language) => (
        <Button
          key={language}
          lang={language}
          size="compact-sm"
          variant={i18n.language === language ? 'light' : 'subtle'}
          aria-pressed={i18n.language === language}
          onClick={() => void chooseLanguage(language)}
        >
          {t(`language.${language}`)}
        </Button>
      ))}
    </Group>
  )
}
