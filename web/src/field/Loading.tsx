import { useTranslation } from 'react-i18next';

export function Loading() {
  const { t } = useTranslation();
  return (
    <p className="post-none" role="status">
      {t('state.loading')}
    </p>
  );
}
