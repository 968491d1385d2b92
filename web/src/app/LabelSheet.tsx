/** A sheet of labels: Code 128 for the laboratory's readers, QR for phones, the text for eyes. */
import { Button } from 'antd';
import { getRouteApi } from '@tanstack/react-router';
import { QRCodeSVG } from 'qrcode.react';
import { useTranslation } from 'react-i18next';
import { Code128 } from '@/ui/barcode';

const route = getRouteApi('/print/labels');

export default function LabelSheet() {
  const { t } = useTranslation();
  const { codes } = route.useSearch();
  const all = codes.split(',').filter((code) => /^[TBRPAS][0-9A-Z*~$=]+$/.test(code));
  return (
    <main id="work" data-testid="label-sheet">
      <p className="no-print" style={{ padding: 12 }}>
        <Button type="primary" onClick={() => window.print()}>
          {t('action.print')}
        </Button>{' '}
        {t('screening.sheet', { n: all.length })}
      </p>
      <div className="sheet">
        {all.map((code) => (
          <div key={code} className="label-cell">
            <QRCodeSVG value={code} size={64} level="M" title={code} />
            <Code128 text={code} height={34} />
          </div>
        ))}
      </div>
    </main>
  );
}
