/** 采样台: a tube, then people, then the next tube. Everything by scanner; everything without network. */
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/api/clock';
import { chime } from '@/app/sound';
import { db } from '@/offline/db';
import {
  addPerson,
  boxOut,
  countIn,
  currentTube,
  joinPoint,
  reportQueue,
  sealCurrent,
  shiftCounts,
  takeTube,
  undoLast,
  voidCurrent,
  type PointSetup,
  type PoolRules,
  type Said,
  type Site,
} from '@/offline/sampling';
import { makeCode } from '@/fields/codes';
import { authorOf, useLive, type Shift } from './kit';
import { renewLabels } from './labels';
import { PointForm } from './PointForm';
import type { FieldScan } from './scan';
import { ScanField } from './ScanField';
import { useKeys } from './useKeys';
import { VoidForm } from './VoidForm';

interface Kept {
  setup: PointSetup;
  rules: PoolRules;
}

const siteOf = (shift: Shift, kept: Kept): Site => ({
  db,
  vault: shift.vault,
  author: authorOf(shift, kept.rules.version),
  setup: kept.setup,
  rules: kept.rules,
  now: serverNow,
});

export default function SamplingPage({ shift }: { shift: Shift }) {
  const kept = useLive(async () => (await db.read<Kept>('point')) ?? null);
  const [isSetting, setSetting] = useState(false);
  if (kept === undefined) return null;
  if (kept === null || isSetting)
    return (
      <PointForm
        shift={shift}
        {...(kept ? { before: kept.setup } : {})}
        onSet={async (setup, rules) => {
          await db.write('point', { setup, rules });
          await renewLabels(setup.sender).catch(() => undefined);
          await joinPoint(siteOf(shift, { setup, rules }));
          setSetting(false);
        }}
      />
    );
  return <Point site={siteOf(shift, kept)} change={() => setSetting(true)} />;
}

const renewMs = 60_000;

/** Labels printed meanwhile, and how full others made those in use, while the network is there. */
function useLabels(sender: string) {
  useEffect(() => {
    const renew = () => {
      if (navigator.onLine) void renewLabels(sender).catch(() => undefined); // those taken along go on serving
    };
    renew();
    const timer = setInterval(renew, renewMs);
    window.addEventListener('online', renew);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', renew);
    };
  }, [sender]);
}

/** What the last scan came to, and how long the page took for it. */
interface Band {
  said: Said | { kind: 'unread'; fault: string; text: string };
  ms: number;
  number: number;
}

function Point({ site, change }: { site: Site; change: () => void }) {
  const { t } = useTranslation();
  const [band, setBand] = useState<Band>();
  useLabels(site.setup.sender);
  const tube = useLive(async () => (await currentTube(db)) ?? null);
  const counts = useLive(() => shiftCounts(db)) ?? { people: 0, tubes: 0, sealed: 0, boxed: 0 };

  const tell = useCallback((said: Band['said'], began: number) => {
    setBand((last) => ({
      said,
      ms: Math.round(performance.now() - began),
      number: (last?.number ?? 0) + 1,
    }));
    const isNo = said.kind === 'no' || said.kind === 'unread';
    if (isNo) chime(true);
    navigator.vibrate?.(isNo ? [120, 60, 120] : 40);
  }, []);
  const run = async (step: () => Promise<Said>) => {
    const began = performance.now();
    tell(await step(), began);
  };
  const take = async (scan: FieldScan) => {
    const began = performance.now();
    if (scan.kind === 'person')
      return tell(await addPerson(site, scan.document.number, scan.document.type), began);
    if (scan.kind === 'label' && scan.label === 'tube') return tell(await takeTube(site, scan.code), began);
    if (scan.kind === 'label' && scan.label === 'box') return tell(await boxOut(site, scan.code), began);
    const fault =
      scan.kind === 'fault' ? scan.fault : ofPeople.includes(scan.label) ? 'person_label' : 'label';
    tell({ kind: 'unread', fault, text: scan.kind === 'fault' ? scan.text : scan.code }, began);
  };

  const undo = t('site.sampling.undo_reason');
  useKeys({
    F2: () => void run(() => sealCurrent(site)),
    F4: () => void run(() => boxOut(site, makeCode('B'))),
    Escape: () => void run(() => undoLast(site, undo)),
  });

  return (
    <div className="sampling">
      <h1 className="only-read">{t('site.sampling.title')}</h1>
      <ScanField label={t(tube ? 'site.sampling.scan_person' : 'site.sampling.scan_tube')} onScan={take} />
      <BandLine band={band} />
      <section className="tube-card" aria-label={t('site.sampling.tube')} data-testid="tube-card">
        {tube ? (
          <>
            <div className="tube-head">
              <span className="mono tube-code">{tube.code}</span>
              <strong data-testid="tube-count">
                {t('site.sampling.count', { n: countIn(tube), size: tube.size })}
              </strong>
            </div>
            <div className="places" aria-hidden>
              {Array.from({ length: tube.size }, (_, at) => (
                <span key={at} data-taken={at < countIn(tube)} />
              ))}
            </div>
          </>
        ) : (
          <p>{t('site.sampling.no_tube')}</p>
        )}
      </section>
      <div className="buttons">
        <button
          type="button"
          className="big primary"
          data-testid="seal"
          disabled={!tube || tube.members.length === 0}
          onClick={() => void run(() => sealCurrent(site))}
        >
          {t('site.sampling.seal')} <kbd>F2</kbd>
        </button>
        <button
          type="button"
          className="big"
          data-testid="box"
          disabled={counts.sealed === 0}
          onClick={() => void run(() => boxOut(site, makeCode('B')))}
        >
          {t('site.sampling.box', { n: counts.sealed })} <kbd>F4</kbd>
        </button>
        <button
          type="button"
          className="big"
          data-testid="undo"
          disabled={!tube || tube.members.length === 0}
          onClick={() => void run(() => undoLast(site, undo))}
        >
          {t('site.sampling.undo')} <kbd>Esc</kbd>
        </button>
      </div>
      <dl className="counts" data-testid="counts">
        <div>
          <dt>{t('site.sampling.people')}</dt>
          <dd data-testid="people">{counts.people}</dd>
        </div>
        <div>
          <dt>{t('site.sampling.tubes')}</dt>
          <dd data-testid="tubes">{counts.tubes}</dd>
        </div>
        <div>
          <dt>{t('site.sampling.not_boxed')}</dt>
          <dd>{counts.sealed}</dd>
        </div>
        <div>
          <dt>{t('site.sampling.boxed')}</dt>
          <dd>{counts.boxed}</dd>
        </div>
      </dl>
      {tube && countIn(tube) === 0 && <VoidForm onVoid={(reason) => run(() => voidCurrent(site, reason))} />}
      {site.setup.point && (
        <form
          className="scan-line"
          onSubmit={(event) => {
            event.preventDefault();
            const waiting = Number(new FormData(event.currentTarget).get('waiting'));
            if (Number.isInteger(waiting) && waiting >= 0) void run(() => reportQueue(site, waiting));
          }}
        >
          <label htmlFor="waiting">{t('site.sampling.queue')}</label>
          <input id="waiting" name="waiting" className="field-input" inputMode="numeric" required />
          <button type="submit" className="big" data-testid="report-queue">
            {t('site.sampling.report_queue')}
          </button>
        </form>
      )}
      <p className="quiet small">
        {t('site.sampling.point', {
          size: site.setup.size,
          class: t(`choice.class.${site.setup.class}`),
          rules: site.rules.version.slice(0, 8),
        })}{' '}
        <button type="button" className="link-button" data-testid="change-point" onClick={change}>
          {t('site.sampling.change')}
        </button>
      </p>
    </div>
  );
}

/** Labels that stand for a person: no register tells a device whose they are. */
const ofPeople = ['person', 'pass'];

function BandLine({ band }: { band: Band | undefined }) {
  const { t } = useTranslation();
  const said = band?.said;
  const isNo = said?.kind === 'no' || said?.kind === 'unread';
  const tone = !said ? 'idle' : isNo ? 'no' : 'yes';
  return (
    <p
      className="band"
      role="status"
      aria-live="assertive"
      data-testid="band"
      data-tone={tone}
      data-kind={said?.kind ?? 'idle'}
      data-number={band?.number ?? 0}
      data-ms={band?.ms ?? 0}
    >
      {said ? `${isNo ? '✕' : '✓'} ${wordsOf(said, t)}` : t('site.sampling.ready')}
    </p>
  );
}

function wordsOf(said: Band['said'], t: (key: string, values?: Record<string, unknown>) => string): string {
  if (said.kind === 'no') return t(`site.no.${said.code}`, { tube: said.tube ?? '' });
  if (said.kind === 'unread') return t(`site.unread.${said.fault}`, { text: said.text });
  const words = t(`site.said.${said.kind}`, { ...said });
  return said.kind === 'linked' && said.again ? `${words} ${t('site.sampling.again')}` : words;
}
