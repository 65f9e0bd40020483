import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { areas, english } from './texts'

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

const STORED = 'segue.language'

/** Texts of the other languages come in chunks of their own. */
const others = import.meta.glob<Record<string, unknown>>('./de/*.json', { import: 'default' })

/** Loads the texts of the language that was chosen before, else of the browser's. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: english },
    ns: [...areas],
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await switchTo(preferred())
}

/** Changes the language and remembers it in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language)
  await switchTo(language)
}

/** The language in use. */
export function currentLanguage(): Language {
  return known(i18next.language) ?? 'en'
}

async function switchTo(language: Language): Promise<void> {
  if (language === 'de') {
    await Promise.all(
      Object.entries(others).map(async ([path, load]) => {
        const area = path.replace(/^.*\/|\.json$/g, '')
        i18next.addResourceBundle('de', area, await load(), true, true)
      }),
    )
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

function preferred(): Language {
  return known(localStorage.getItem(STORED)) ?? navigator.languages.map(known).find((found) => found) ?? 'en'
}

function known(tag: string | null): Language | undefined {
  return languages.find((language) => tag?.toLowerCase().startsWith(language))
}
