import { useTranslation } from 'react-i18next';
import { setLanguage, type Language } from './i18n';

export function LanguageSwitch({ className = 'link-button' }: { className?: string }) {
  const { i18n } = useTranslation();
  const next: Language = i18n.language === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className={className}
      lang={next}
      data-testid="language"
      onClick={() => void setLanguage(next)}
    >
      {next === 'en' ? 'English' : '中文'}
    </button>
  );
}
