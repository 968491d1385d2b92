/** Which of the two languages this browser chose. */
export type Language = 'zh-CN' | 'en';

export function keptLanguage(): Language {
  return localStorage.getItem('fx.language') === 'en' ? 'en' : 'zh-CN';
}
