/** 卡口台: scan, see, decide. The verdict is this device's own, at once; F1 pass, F2 red channel, F3 second look, Esc undo. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '@/api/client';
import { serverNow, useServerNow } from '@/api/clock';
import { chime } from '@/app/sound';
import type { Seen, SignedSnapshot } from '@/desks/gates/snapshot';
import type { HealthCode, Judged, TravelCode } from '@/desks/gates/verdict';
import { db } from '@/offline/db';
import { landingKey, type Driver, type Landing } from '@/offline/lane';
import {
  ageMin,
  decide,
  declareEmergency,
  isTooOld,
  judgeHere,
  keepSnapshot,
  keptSnapshot,
  lacksOrigin,
  mayDecide,
  noTallies,
  takeBack,
  tallies,
  tellHeld,
  type Besides,
  type GateSite,
  type KeptSnapshot,
  type Outcome,
} from '@/offline/passage';
import { DriverForm } from './DriverForm';
import { authorOf, useLive, type Shift } from './kit';
import { LandingForm } from './LandingForm';
import type { FieldScan } from './scan';
import { ScanField } from './ScanField';
import { useKeys } from './useKeys';

const renewMs = 60_000;
const undoMs = 10_000;

/** Keeps the snapshot fresh while the network is there. */
function useSnapshot(): KeptSnapshot | null | undefined {
  const kept = useLive(async () => (await keptSnapshot(db)) ?? null);
  useEffect(() => {
    const renew = () => {
      if (!navigator.onLine) return;
      ask<SignedSnapshot>('/v1/gates/snapshot')
        .then((signed) => keepSnapshot(db, signed))
        .catch(() => undefined); // the age on the page says it
    };
    renew();
    const timer = setInterval(renew, renewMs);
    window.addEventListener('online', renew);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', renew);
    };
  }, []);
  return kept;
}

export default function GatePage({ shift }: { shift: Shift }) {
  const { t } = useTranslation();
  const kept = useSnapshot();
  if (kept === undefined) return null;
  if (kept === null)
    return (
      <section className="notice" role="alert" data-testid="no-snapshot">
        <h2>{t('site.gate.no_snapshot')}</h2>
        <p>{t('site.gate.no_snapshot_next')}</p>
      </section>
    );
  return <Lane shift={shift} kept={kept} />;
}

const nobody: Seen = { documentNumber: '', places: [], historySettled: false };

const noTruck: Driver = { plate: '' };

interface Done {
  outcome: Outcome | 'emergency';
  at: number;
}

function Lane({ shift, kept }: { shift: Shift; kept: KeptSnapshot }) {
  const { t } = useTranslation();
  const now = useServerNow();
  const [seen, setSeen] = useState<Seen>(nobody);
  const [judged, setJudged] = useState<Judged>();
  const [driver, setDriver] = useState(noTruck);
  const landing = useLive(async () => (await db.read<Landing>(landingKey)) ?? null) ?? undefined;
  const [fault, setFault] = useState('');
  const [done, setDone] = useState<Done>();
  const [number, setNumber] = useState(0);
  const temperature = useRef<HTMLInputElement>(null);
  const counts = useLive(() => tallies(db)) ?? noTallies;
  const site: GateSite = useMemo(
    () => ({
      db,
      vault: shift.vault,
      author: authorOf(shift, kept.content.rulebook),
      gate: kept.content.gate,
      now: serverNow,
    }),
    [shift, kept],
  );

  const look = async (next: Seen, isNew = false) => {
    setSeen(next);
    if (!next.documentNumber) {
      setDriver(noTruck);
      return setJudged(undefined);
    }
    const verdict = await judgeHere(kept, next, serverNow());
    setJudged(verdict);
    if (isNew) setNumber((last) => last + 1);
    if (verdict.verdict === 'red_channel' || verdict.verdict === 'fever_clinic') {
      chime(true);
      navigator.vibrate?.([200, 80, 200]);
    }
  };
  const take = async (scan: FieldScan) => {
    setDone(undefined);
    if (scan.kind === 'person') {
      const { type, number: documentNumber } = scan.document;
      setFault('');
      await look({ ...nobody, documentNumber, documentType: type }, true);
      temperature.current?.focus();
      return;
    }
    setFault(
      scan.kind === 'fault'
        ? t(`site.unread.${scan.fault}`, { text: scan.text })
        : t('site.unread.label', { text: scan.code }),
    );
    setNumber((last) => last + 1);
  };
  const plate = driver.plate.trim();
  const besides: Besides = {
    ...(plate ? { driver: { ...driver, plate } } : {}),
    ...(landing ? { landing } : {}),
  };
  const emergency = async () => {
    await declareEmergency(site, seen);
    setFault('');
    setDone({ outcome: 'emergency', at: serverNow() });
    setNumber((last) => last + 1);
    await look(nobody);
  };
  const act = async (outcome: Outcome) => {
    if (!judged || !seen.documentNumber || !mayDecide(judged, outcome)) return;
    if (lacksOrigin(seen, besides)) return document.getElementById('places')?.focus();
    await decide(site, kept, seen, judged, outcome, besides);
    setDone({ outcome, at: serverNow() });
    await look(nobody);
    document.getElementById('scan')?.focus();
  };
  const undo = async () => {
    if (seen.documentNumber) return look(nobody);
    await takeBack(db); // before the page forgets it: what is no longer shown is told
    setDone(undefined);
  };
  // What was decided is told once it can no longer be taken back; also what a reload left behind.
  const decidedAt = done?.at;
  useEffect(() => {
    const timer = setTimeout(() => void tellHeld(site), decidedAt === undefined ? 0 : undoMs);
    return () => clearTimeout(timer);
  }, [site, decidedAt]);
  useKeys({
    F1: () => void act('passed'),
    F2: () => void act(judged?.verdict === 'fever_clinic' ? 'fever_clinic' : 'red_channel'),
    F3: () => void act('second_check'),
    F4: () => void emergency(),
    Escape: () => void undo(),
  });

  const old = isTooOld(kept.content, now);
  return (
    <div className="gate">
      <h1 className="only-read">{t('site.gate.title')}</h1>
      <p className="snapshot" data-testid="snapshot" data-old={old}>
        {t(old ? 'site.gate.snapshot_old' : 'site.gate.snapshot', {
          minutes: Math.floor(ageMin(kept.content, now)),
          limit: kept.content.rules.snapshot_min ?? '—',
        })}
      </p>
      <LandingForm home={site.author.home} landing={landing} />
      <ScanField label={t('site.gate.scan')} onScan={take} />
      <VerdictBand judged={judged} fault={fault} done={done} number={number} />
      {seen.documentNumber !== '' && (
        <>
          <Observed
            seen={seen}
            kept={kept}
            temperature={temperature}
            asksOrigin={landing !== undefined}
            change={(next) => void look(next)}
          />
          {lacksOrigin(seen, besides) && (
            <p className="snapshot" data-old data-testid="lacks-origin">
              {t('site.gate.lacks_origin')}
            </p>
          )}
          <DriverForm driver={driver} change={setDriver} />
        </>
      )}
      <div className="buttons">
        <Decide id="passed" keyName="F1" judged={judged} decide={act} />
        <Decide
          id={judged?.verdict === 'fever_clinic' ? 'fever_clinic' : 'red_channel'}
          keyName="F2"
          judged={judged}
          decide={act}
        />
        <Decide id="second_check" keyName="F3" judged={judged} decide={act} />
        <button type="button" className="big" data-testid="emergency" onClick={() => void emergency()}>
          {t('site.gate.outcome.emergency')} <kbd>F4</kbd>
        </button>
        <button type="button" className="big" data-testid="undo" onClick={() => void undo()}>
          {t('site.gate.undo')} <kbd>Esc</kbd>
        </button>
      </div>
      <dl className="counts" data-testid="counts">
        {(Object.keys(noTallies) as (keyof typeof noTallies)[]).map((outcome) => (
          <div key={outcome}>
            <dt>{t(`site.gate.outcome.${outcome}`)}</dt>
            <dd data-testid={`count-${outcome}`}>{counts[outcome]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface DecideProps {
  id: Outcome;
  keyName: string;
  judged: Judged | undefined;
  decide: (outcome: Outcome) => Promise<void>;
}

function Decide({ id, keyName, judged, decide }: DecideProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={id === 'passed' ? 'big primary' : 'big'}
      data-testid={`decide-${id}`}
      disabled={!judged || !mayDecide(judged, id)}
      onClick={() => void decide(id)}
    >
      {t(`site.gate.outcome.${id}`)} <kbd>{keyName}</kbd>
    </button>
  );
}

const shapes = { pass: '●', second_check: '▲', fever_clinic: '■', red_channel: '■' };

interface BandProps {
  judged: Judged | undefined;
  fault: string;
  done: Done | undefined;
  number: number;
}

function VerdictBand({ judged, fault, done, number }: BandProps) {
  const { t } = useTranslation();
  const tone = judged
    ? judged.verdict === 'pass'
      ? 'yes'
      : judged.verdict === 'second_check'
        ? 'look'
        : 'no'
    : fault
      ? 'no'
      : 'idle';
  return (
    <div
      className="band"
      role="status"
      aria-live="assertive"
      data-testid="band"
      data-tone={tone}
      data-kind={judged?.verdict ?? (fault ? 'unread' : 'idle')}
      data-number={number}
    >
      {judged ? (
        <>
          {shapes[judged.verdict]} {t(`site.gate.verdict.${judged.verdict}`)}
          {judged.reasons.length > 0 && (
            <ul>
              {judged.reasons.map((reason) => (
                <li key={reason} data-reason={reason}>
                  {t(`site.gate.reason.${reason}`)}
                </li>
              ))}
            </ul>
          )}
        </>
      ) : fault ? (
        `✕ ${fault}`
      ) : done ? (
        `✓ ${t('site.gate.recorded', { outcome: t(`site.gate.outcome.${done.outcome}`) })}`
      ) : (
        t('site.gate.ready')
      )}
    </div>
  );
}

interface ObservedProps {
  seen: Seen;
  kept: KeptSnapshot;
  temperature: React.RefObject<HTMLInputElement | null>;
  /** A traveller's origin is wanted whatever the rules of the gate ask for. */
  asksOrigin: boolean;
  change: (seen: Seen) => void;
}

const healths: HealthCode[] = ['green', 'yellow', 'red'];
const travels: TravelCode[] = ['clear', 'starred'];
const codeShapes = { green: '●', yellow: '▲', red: '■', clear: '●', starred: '★' };

/** Only what the rules of this gate ask for. */
function Observed({ seen, kept, temperature, asksOrigin, change }: ObservedProps) {
  const { t } = useTranslation();
  const { rules, history_d } = kept.content;
  return (
    <div className="observed" data-testid="observed">
      {typeof rules.fever_c === 'number' && (
        <div className="field">
          <label htmlFor="temperature">{t('site.gate.temperature')}</label>
          <input
            id="temperature"
            ref={temperature}
            className="field-input"
            inputMode="decimal"
            autoComplete="off"
            onChange={(event) => change({ ...seen, temperature: readTemperature(event.target.value) })}
          />
        </div>
      )}
      {rules.health_code && (
        <Choice
          legend={t('site.gate.health')}
          values={healths}
          value={seen.health}
          word={(value) => `${codeShapes[value]} ${t(`choice.code.${value}`)}`}
          pick={(health) => change({ ...seen, health })}
        />
      )}
      {rules.travel_code && (
        <Choice
          legend={t('site.gate.travel')}
          values={travels}
          value={seen.travel}
          word={(value) => `${codeShapes[value]} ${t(`site.gate.travel_is.${value}`)}`}
          pick={(travel) => change({ ...seen, travel })}
        />
      )}
      {typeof rules.certificate_h === 'number' && (
        <div className="field">
          <label htmlFor="certificate">{t('site.gate.certificate', { h: rules.certificate_h })}</label>
          <input
            id="certificate"
            className="field-input"
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => {
              const hours = /^\d{1,3}$/.test(event.target.value) ? Number(event.target.value) : undefined;
              change({ ...seen, certificate_age: hours });
            }}
          />
        </div>
      )}
      {(history_d > 0 || asksOrigin) && (
        <div className="field">
          <label htmlFor="places">
            {t(asksOrigin ? 'site.gate.origin' : 'site.gate.places', { days: history_d })}
          </label>
          <input
            id="places"
            className="field-input"
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => change({ ...seen, places: readPlaces(event.target.value) })}
          />
        </div>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  values: T[];
  value: T | null | undefined;
  word: (value: T) => string;
  pick: (value: T) => void;
}

function Choice<T extends string>({ legend, values, value, word, pick }: ChoiceProps<T>) {
  return (
    <div className="codes" role="group" aria-label={legend}>
      <span>{legend}</span>
      {values.map((one) => (
        <button
          key={one}
          type="button"
          className="big"
          aria-pressed={value === one}
          data-testid={`code-${one}`}
          onClick={() => pick(one)}
        >
          {word(one)}
        </button>
      ))}
    </div>
  );
}

/** `365` and `36.5` are the same; what cannot be a body's temperature is none. */
function readTemperature(typed: string): number | undefined {
  const bare = typed.replace('，', '.').replace(',', '.').trim();
  const degrees = /^\d{3}$/.test(bare) ? Number(bare) / 10 : Number(bare);
  return bare !== '' && degrees >= 30 && degrees <= 45 ? degrees : undefined;
}

const readPlaces = (typed: string): number[] =>
  [...typed.matchAll(/\b\d{6}\b/g)].map((found) => Number(found[0]));
