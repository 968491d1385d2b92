/** Two languages, every key in both (tested). Only the chosen one is loaded. */
import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keptLanguage, type Language } from './language';

export { keptLanguage, type Language };
const kept = 'fx.language';

const load: Record<Language, () => Promise<{ default: object }>> = {
  'zh-CN': () => import('./words/zh-CN'),
  en: () => import('./words/en'),
};

export async function startWords(): Promise<void> {
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  const language = keptLanguage();
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: (await load[language]()).default } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language);
  await needWords(language);
  await i18n.changeLanguage(language);
}

/** For what is printed in both languages. */
export async function needWords(language: Language): Promise<void> {
  if (i18n.hasResourceBundle(language, 'translation')) return;
  i18n.addResourceBundle(language, 'translation', (await load[language]()).default);
}

/** Server data that brings both languages: the reader's one. */
export function pick(words: { zh: string; en: string }): string {
  return i18n.language === 'en' ? words.en : words.zh;
}
