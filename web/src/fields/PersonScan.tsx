/** Scan or type a document: the person's line of a list opens, with what is usually done next under the finger. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '@/api/client';
import { serverNow } from '@/api/clock';
import { FailureError } from '@/api/outcome';
import type { Page } from '@/api/queries';
import type { SearchHit } from '@/api/views';
import { readScan, ScanCollector } from '@/ui/scan';
import { civilDay } from '@/ui/time';
import { focusSoon } from '@/ui/focus';

interface Props {
  /** The key of the person's line, if there is one. */
  find: (person: string) => Promise<string | undefined>;
  select: (key: string) => void;
}

export function PersonScan({ find, select }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [say, setSay] = useState('');
  const take = useRef<(raw: string) => Promise<void>>(undefined);
  take.current = async (raw) => {
    const scan = readScan(raw, civilDay(serverNow()));
    const number = scan.kind === 'resident' ? scan.number : raw.trim().toUpperCase();
    if (!number) return;
    if (scan.kind === 'fault' && scan.fault !== 'unknown') return setSay(t(`form.fault.id_${scan.fault}`));
    try {
      const person = (await ask<Page<SearchHit>>('/v1/search', { q: number })).rows[0]?.person;
      const key = person && (await find(person));
      setSay(key ? '' : t(person ? 'scan.not_here' : 'scan.nobody', { text: number }));
      if (!key) return;
      setText('');
      select(key);
      focusSoon('.context .actions button');
    } catch (problem) {
      const kind = problem instanceof FailureError ? problem.failure.kind : 'unreachable';
      setSay(kind === 'not_found' ? t('scan.nobody', { text: number }) : t(`failure.${kind}.title`));
    }
  };

  useEffect(() => {
    const collector = new ScanCollector();
    const key = (event: KeyboardEvent) => {
      const scanned = collector.key(event.code, event.shiftKey, event.timeStamp);
      if (!scanned) return;
      // Inside a field the form's own submit takes it; elsewhere Enter must not also press a button.
      if ((event.target as HTMLElement | null)?.closest('input, textarea, select')) return;
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
      <label htmlFor="scan-person" className="quiet">
        {t('scan.person')}
      </label>
      <input
        id="scan-person"
        className="field-input mono grow"
        autoComplete="off"
        autoCapitalize="characters"
        data-testid="scan-person"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span role="status" aria-live="polite" className="quiet">
        {say}
      </span>
    </form>
  );
}
