import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { setUi, useUiSettings } from '../store/uiSettings.ts'
import { pseudoLocalise } from './pseudoLocalise.ts'

type Texts = { [key: string]: string | Texts }

/** Every file of resources/translations, as language → namespace → texts. A new language is a new folder. */
const files = import.meta.glob<Texts>('../../resources/translations/*/*.json', { eager: true, import: 'default' })
const resources: Record<string, Record<string, Texts>> = {}
for (const [path, texts] of Object.entries(files)) {
  const [language, namespace] = path.replace('.json', '').split('/').slice(-2) as [string, string]
  resources[language] = { ...resources[language], [namespace]: texts }
}

export const languages: readonly string[] = Object.keys(resources).sort()

/** Starts in the language the page asks for (`?lang=`, also `pseudo`), else the chosen one, else the browser's, else English. */
export function startTranslations(): void {
  const asked = new URLSearchParams(window.location.search).get('lang') ?? useUiSettings.getState().language ?? window.navigator.language.slice(0, 2)
  const all = asked === 'pseudo' ? { ...resources, pseudo: pseudoLocalise(resources.en ?? {}) } : resources
  void i18next.use(initReactI18next).init({
    lng: asked in all ? asked : 'en',
    fallbackLng: 'en',
    resources: all,
    ns: Object.keys(resources.en ?? {}),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  document.documentElement.lang = i18next.language
}

/** Changes the language at once and keeps it for this screen. */
export function setLanguage(language: string): void {
  setUi({ language })
  void i18next.changeLanguage(language)
  document.documentElement.lang = language
}
