import i18n from 'i18next';

/** Server data that brings both languages: the reader's one. */
export function pickWords(words: { zh: string; en: string }): string {
  return i18n.language === 'en' ? words.en : words.zh;
}
