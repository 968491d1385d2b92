/** Scan or type a tube: it opens with what is usually done next under the finger. A scanner needs no click before. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '@/api/client';
import { serverNow } from '@/api/clock';
import type { Page } from '@/api/queries';
import type { Tube } from '@/api/rows';
import type { BoardProps } from '@/ui/desk/types';
import { readScan, ScanCollector } from '@/ui/scan';
import { civilDay } from '@/ui/time';

export function ScanBar({ select }: BoardProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [say, setSay] = useState('');
  const take = useRef<(raw: string) => Promise<void>>(undefined);
  take.current = async (raw) => {
    const scan = readScan(raw, civilDay(serverNow()));
    if (scan.kind !== 'label' || scan.label !== 'tube') {
      setSay(t('screening.scan_unknown', { text: raw }));
      return;
    }
    try {
      const page = await ask<Page<Tube>>('/v1/screening/tubes', { code: scan.code, limit: 1 });
      const tube = page.rows[0];
      setSay(
        tube ? t('screening.scan_found', { code: scan.code }) : t('screening.scan_none', { code: scan.code }),
      );
      if (!tube) return;
      setText('');
      select(tube.id);
      requestAnimationFrame(() =>
        setTimeout(() => document.querySelector<HTMLElement>('.context .actions button')?.focus(), 50),
      );
    } catch {
      setSay(t('failure.unreachable.title'));
    }
  };

  useEffect(() => {
    const collector = new ScanCollector();
    const key = (event: KeyboardEvent) => {
      const scanned = collector.key(event.code, event.shiftKey, event.timeStamp);
      if (!scanned) return;
      // Inside the field the form's own submit takes it; elsewhere Enter must not also press a button.
      if ((event.target as HTMLElement | null)?.id === 'scan') return;
      event.preventDefault();
      void take.current?.(scanned);
    };
    document.addEventListener('keydown', key, true);
    return () => document.removeEventListener('keydown', key, true);
  }, []);

  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        void take.current?.(text);
      }}
    >
      <label htmlFor="scan" className="quiet">
        {t('screening.scan')}
      </label>
      <input
        id="scan"
        className="field-input mono"
        autoComplete="off"
        autoCapitalize="characters"
        data-testid="scan"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span role="status" aria-live="polite" className="quiet">
        {say}
      </span>
    </form>
  );
}
