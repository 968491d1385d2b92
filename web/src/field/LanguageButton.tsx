import { useTranslation } from 'react-i18next';
import { setFieldLanguage } from './words';

export function LanguageButton({ className = 'link-button' }: { className?: string }) {
  const { i18n } = useTranslation();
  const next = i18n.language === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className={className}
      lang={next}
      data-testid="language"
      onClick={() => void setFieldLanguage(next)}
    >
      {next === 'en' ? 'English' : '中文'}
    </button>
  );
}
