/** Labels of the tubes printed and not yet used, on one sheet. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { joinPages, useList } from '@/api/queries';
import type { Tube } from '@/api/rows';

export function PrintedHead() {
  const { t } = useTranslation();
  const query = useList<Tube>('screening/tubes', { state: 'printed' });
  const { rows } = joinPages(query.data?.pages ?? []);
  if (rows.length === 0) return null;
  return (
    <p className="filters">
      <Link
        to="/print/labels"
        search={{ codes: rows.map((row) => row.code).join(',') }}
        target="_blank"
        data-testid="print-sheet"
      >
        {t('screening.print_sheet', { n: rows.length })}
      </Link>
    </p>
  );
}
