/**
 * The work of a gatekeeper without a mouse: readings by digits, the document by scanner, the way by function keys. The
 * scan field takes the focus back after every step; what was read clears with the next person.
 */
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/api/clock';
import { useKit } from '@/ui/desk/actions';
import { readScan, ScanCollector } from '@/ui/scan';
import { FailureText } from '@/ui/States';
import { civilDay } from '@/ui/time';
import { nothingSeen, useCheck, type Readings } from './useCheck';
import { useUndoRest, VerdictBand } from './VerdictBand';
import { forbidsPassing, type HealthCode, type TravelCode } from './verdict';

const healths: [HealthCode, string][] = [
  ['green', '●'],
  ['yellow', '▲'],
  ['red', '■'],
];
const travels: [TravelCode, string][] = [
  ['clear', '●'],
  ['starred', '★'],
];

export function CheckDesk({ gate }: { gate: string }) {
  const { t } = useTranslation();
  const kit = useKit();
  const desk = useCheck(gate, kit);
  const [readings, setReadings] = useState(nothingSeen);
  const [typed, setTyped] = useState('');
  const [say, setSay] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const rest = useUndoRest(desk.shown);
  const row = desk.shown?.row;
  const isOpen = row?.outcome === 'checked' || row?.outcome === 'second_check';
  const set = (part: Partial<Readings>) => setReadings((before) => ({ ...before, ...part }));

  const take = async (raw: string) => {
    const since = performance.now();
    const scan = readScan(raw, civilDay(serverNow()));
    if (scan.kind !== 'resident') return setSay(t('gates.scan_unknown', { text: raw }));
    setSay('');
    setTyped(scan.number);
    if (await desk.scan(scan.number, readings, since)) {
      setReadings(nothingSeen);
      setTyped('');
    }
    field.current?.focus();
  };
  const keys = useRef<(event: KeyboardEvent) => void>(undefined);
  keys.current = (event) => {
    const way = { F1: 'pass_person', F2: 'open_red_channel', F3: 'send_to_second_check' }[event.key];
    const undo = event.key === 'Escape' && rest > 0;
    if (!way && !undo) return;
    event.preventDefault();
    if (undo) void desk.act('undo_outcome');
    else if (way && row) void desk.act(way);
  };
  const scanned = useRef<(raw: string) => void>(undefined);
  scanned.current = (raw) => void take(raw);

  useEffect(() => {
    const collector = new ScanCollector();
    const listen = (event: KeyboardEvent) => {
      keys.current?.(event);
      const raw = collector.key(event.code, event.shiftKey, event.timeStamp);
      if (!raw || (event.target as HTMLElement | null)?.id === 'gate-scan') return;
      event.preventDefault();
      scanned.current?.(raw);
    };
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, []);

  return (
    <div className="check" data-testid="check-desk">
      <VerdictBand shown={desk.shown} rest={rest} />
      {desk.failure && <FailureText failure={desk.failure} />}
      <div className="check-ways" role="group" aria-label={t('gates.ways')}>
        <Button
          size="large"
          type="primary"
          disabled={!row || forbidsPassing(row.verdict) || !isOpen}
          data-testid="way-pass"
          onClick={() => void desk.act('pass_person')}
        >
          F1 {t('op.gates.pass_person')}
        </Button>
        <Button
          size="large"
          danger
          disabled={!isOpen}
          data-testid="way-red"
          onClick={() => void desk.act('open_red_channel')}
        >
          F2 {t('op.gates.open_red_channel')}
        </Button>
        <Button
          size="large"
          disabled={row?.outcome !== 'checked'}
          data-testid="way-second"
          onClick={() => void desk.act('send_to_second_check')}
        >
          F3 {t('gates.manual')}
        </Button>
        <Button
          size="large"
          disabled={rest === 0}
          data-testid="way-undo"
          onClick={() => void desk.act('undo_outcome')}
        >
          Esc {t('op.gates.undo_outcome')}
        </Button>
      </div>
      <form
        className="check-form"
        onSubmit={(event) => {
          event.preventDefault();
          void take(typed);
        }}
      >
        <Codes name="health" codes={healths} value={readings.health} set={(health) => set({ health })} />
        <Codes name="travel" codes={travels} value={readings.travel} set={(travel) => set({ travel })} />
        <Field
          id="gate-temperature"
          label={t('field.temperature')}
          unit="℃"
          mode="decimal"
          value={readings.temperature}
          set={(temperature) => set({ temperature })}
        />
        <Field
          id="gate-certificate"
          label={t('gates.certificate_hours')}
          unit={t('gates.hours')}
          mode="decimal"
          value={readings.certificateHours}
          set={(certificateHours) => set({ certificateHours })}
        />
        <Field
          id="gate-places"
          label={t('field.places')}
          mode="numeric"
          value={readings.places}
          set={(places) => set({ places })}
        />
        <Field
          id="gate-name"
          label={t('gates.name_if_new')}
          value={readings.name}
          set={(name) => set({ name })}
        />
        <label htmlFor="gate-scan">{t('gates.scan')}</label>
        <input
          id="gate-scan"
          ref={field}
          className="field-input mono check-scan"
          autoComplete="off"
          autoCapitalize="characters"
          autoFocus
          data-testid="gate-scan"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span role="status" aria-live="polite" className="quiet">
          {say || (desk.isBusy ? t('state.loading') : '')}
        </span>
        <div className="check-ways">
          <Button htmlType="submit" size="large" data-testid="check-send" loading={desk.isBusy}>
            {t('op.gates.check_person')}
          </Button>
          {isOpen && (
            <Button size="large" data-testid="check-again" onClick={() => void desk.renew(readings)}>
              {t('op.gates.recheck_person')}
            </Button>
          )}
        </div>
      </form>
    </div>
  );
}

interface CodesProps<Code extends string> {
  name: 'health' | 'travel';
  /** each with its shape, for who does not see the colour */
  codes: [Code, string][];
  value: Code | undefined;
  set: (code: Code) => void;
}

function Codes<Code extends string>({ name, codes, value, set }: CodesProps<Code>) {
  const { t } = useTranslation();
  return (
    <fieldset className="check-codes">
      <legend>{t(`field.${name}`)}</legend>
      {codes.map(([code, shape]) => (
        <label key={code} data-code={code}>
          <input type="radio" name={name} checked={value === code} onChange={() => set(code)} />
          <span aria-hidden="true">{shape}</span> {t(`choice.${name}.${code}`)}
        </label>
      ))}
    </fieldset>
  );
}

interface FieldProps {
  id: string;
  label: string;
  unit?: string;
  mode?: 'decimal' | 'numeric';
  value: string;
  set: (value: string) => void;
}

function Field({ id, label, unit, mode, value, set }: FieldProps) {
  return (
    <>
      <label htmlFor={id}>
        {label}
        {unit ? ` (${unit})` : ''}
      </label>
      <input
        id={id}
        className="field-input"
        autoComplete="off"
        inputMode={mode}
        value={value}
        data-testid={id}
        onChange={(event) => set(event.target.value)}
      />
    </>
  );
}
