/** The label of this tube, to print again. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Tube } from '@/api/rows';
import { Code128 } from '@/ui/barcode';

export function TubeBelow({ row }: { row: Tube }) {
  const { t } = useTranslation();
  return (
    <div className="card">
      <h3>{t('screening.label')}</h3>
      <Code128 text={row.code} />
      <p>
        <Link to="/print/labels" search={{ codes: row.code }} target="_blank" data-testid="print-label">
          {t('screening.print_label')}
        </Link>
      </p>
    </div>
  );
}
