/**
 * One field for everything that carries a code. A scanner types faster than fingers and is caught wherever the focus is;
 * the camera and the keyboard end in the same function.
 */
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/api/clock';
import { otherDocuments, residentId } from '@/fields/documents';
import { ScanCollector } from '@/ui/scan';
import { civilDay } from '@/ui/time';
import { readField, type FieldScan } from './scan';

const Camera = lazy(() => import('./Camera'));

interface Props {
  label: string;
  onScan: (scan: FieldScan) => Promise<void>;
}

export function ScanField({ label, onScan }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [type, setType] = useState(residentId);
  const [hasCamera, setCamera] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // One scan after the other: a scanner may be faster than the device's store.
  const line = useRef(Promise.resolve());
  const take = useRef<(raw: string) => void>(undefined);
  take.current = (raw) => {
    if (!raw.trim()) return;
    setText('');
    field.current?.focus();
    const scan = readField(raw, civilDay(serverNow()), type);
    // The next in line shows a resident card again.
    if (scan.kind === 'person') setType(residentId);
    line.current = line.current.then(() => onScan(scan)).catch(() => undefined);
  };

  useEffect(() => {
    const collector = new ScanCollector();
    const key = (event: KeyboardEvent) => {
      const scanned = collector.key(event.code, event.shiftKey, event.timeStamp);
      if (!scanned) return;
      // Whatever an input method made of the keys meanwhile is not what was scanned.
      event.preventDefault();
      event.stopPropagation();
      // Fast fingers, or a page too busy to tell: what stands in the field is more than the last quick keys.
      const typed = event.target === field.current ? (field.current?.value ?? '') : '';
      take.current?.(typed.toUpperCase().endsWith(scanned) ? typed : scanned);
    };
    document.addEventListener('keydown', key, true);
    field.current?.focus();
    return () => document.removeEventListener('keydown', key, true);
  }, []);

  return (
    <form
      className="scan-form"
      onSubmit={(event) => {
        event.preventDefault();
        take.current?.(text);
      }}
    >
      <label htmlFor="scan">{label}</label>
      <div className="scan-line">
        <select
          className="field-select"
          aria-label={t('site.document')}
          data-testid="document-type"
          value={type}
          onChange={(event) => {
            setType(event.target.value);
            field.current?.focus();
          }}
        >
          {[residentId, ...otherDocuments].map((one) => (
            <option key={one} value={one}>
              {t(`choice.document_type.${one}`)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="big"
          aria-pressed={hasCamera}
          data-testid="camera"
          onClick={() => setCamera((was) => !was)}
        >
          {t(hasCamera ? 'site.camera_off' : 'site.camera')}
        </button>
      </div>
      <div className="scan-line">
        <input
          id="scan"
          ref={field}
          className="field-input mono"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="done"
          data-testid="scan"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="big">
          {t('site.enter_typed')}
        </button>
      </div>
      {hasCamera && (
        <Suspense fallback={null}>
          <Camera onText={(raw) => take.current?.(raw)} />
        </Suspense>
      )}
    </form>
  );
}
