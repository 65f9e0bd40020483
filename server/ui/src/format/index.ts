import { useTranslation } from 'react-i18next'
import { Format, localeFor } from './format'

export { Format, localeFor } from './format'
export { businessDay, businessDayStart, plusDays } from './businessDay'
export { useNow } from './now'
export { instantIn } from './zoned'

const formats = new Map<string, Format>()

/** How values read in the language in use. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  return formatFor(i18n.language)
}

/** As {@link useFormat}, outside components. */
export function formatFor(language: string): Format {
  let format = formats.get(language)
  if (format === undefined) {
    format = new Format(localeFor(language, navigator.languages))
    formats.set(language, format)
  }
  return format
}
