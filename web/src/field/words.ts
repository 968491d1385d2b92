/** The field pages' words: those of the shell, of choices, and their own; one language at a time. */
import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keptLanguage, type Language } from '@/app/language';

const load: Record<Language, () => Promise<{ default: object }>> = {
  'zh-CN': () => import('./words_zh'),
  en: () => import('./words_en'),
};

export async function startFieldWords(): Promise<void> {
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

export async function setFieldLanguage(language: Language): Promise<void> {
  localStorage.setItem('fx.language', language);
  if (!i18n.hasResourceBundle(language, 'translation'))
    i18n.addResourceBundle(language, 'translation', (await load[language]()).default);
  await i18n.changeLanguage(language);
}
