import { useTranslation } from 'react-i18next';

/** Several choices of one set, in words. */
export function Words({ set, values }: { set: string; values: readonly string[] }) {
  const { t } = useTranslation();
  return <>{values.map((value) => t(`choice.${set}.${value}`)).join(' · ')}</>;
}
