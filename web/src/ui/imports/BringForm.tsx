import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '@/app/i18n';
import { templateUrl, useImporting, type ImportKind } from '@/api/imports';
import type { Failure } from '@/api/outcome';
import { useWhole } from '@/api/queries';
import type { RoundRow } from '@/api/rows';
import { useUnits, unitName } from '@/fields/units';
import { FailureText } from '@/ui/States';

/** The largest file the server takes; a larger one comes in by the command line. */
const mostBytes = 64 * 1024 * 1024;

/** Results of an instrument: of a plate whose code may not stand in the file. */
const readings = 'instrument_readings';

export function BringForm({ kinds, onBrought }: { kinds: ImportKind[]; onBrought: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const ids = {
    kind: useId(),
    township: useId(),
    source: useId(),
    round: useId(),
    plate: useId(),
    text: useId(),
  };
  const [kindId, setKind] = useState(kinds[0]?.kind ?? '');
  const [township, setTownship] = useState('');
  const [source, setSource] = useState('');
  const [round, setRound] = useState('');
  const [plate, setPlate] = useState('');
  const [text, setText] = useState('');
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [tooLarge, setTooLarge] = useState(false);
  const { bring } = useImporting();
  const kind = kinds.find((one) => one.kind === kindId);
  if (!kind) return null;
  const ready = kind.list !== 'township' || (township !== '' && source.trim() !== '');

  const send = async (content: Blob, file: string) => {
    setFailure(undefined);
    setTooLarge(content.size > mostBytes);
    if (content.size > mostBytes) return;
    const outcome = await bring({
      kind: kindId,
      file,
      content,
      ...(kind.list === 'township' ? { township, source: source.trim() } : {}),
      ...(kind.list === 'round' ? { round } : {}),
      ...(kindId === readings && plate.trim() ? { plate: plate.trim() } : {}),
    });
    if (outcome.kind === 'ok') onBrought(outcome.value.id);
    else setFailure(outcome);
  };
  const sendFile = (file: File | undefined) => void (file && send(file, file.name));

  return (
    <section className="card import-form" aria-label={t('imports.bring')}>
      <div className="import-fields">
        <label htmlFor={ids.kind}>
          {t('imports.kind')}
          <select
            id={ids.kind}
            className="field-select"
            value={kindId}
            data-testid="import-kind"
            onChange={(event) => setKind(event.target.value)}
          >
            {kinds.map((one) => (
              <option key={one.kind} value={one.kind}>
                {pick(one.title)}
              </option>
            ))}
          </select>
        </label>
        {kind.list === 'township' && (
          <>
            <TownshipSelect id={ids.township} value={township} onChange={setTownship} />
            <label htmlFor={ids.source}>
              {t('imports.source')}
              <input
                id={ids.source}
                className="field-input"
                data-testid="import-source"
                value={source}
                onChange={(event) => setSource(event.target.value)}
              />
            </label>
          </>
        )}
        {kind.list === 'round' && <RoundSelect id={ids.round} value={round} onChange={setRound} />}
        {kindId === readings && (
          <label htmlFor={ids.plate}>
            {t('imports.plate')}
            <input
              id={ids.plate}
              className="field-input"
              data-testid="import-plate"
              value={plate}
              onChange={(event) => setPlate(event.target.value)}
            />
          </label>
        )}
        {kind.has_template && (
          <p className="import-templates">
            {t('imports.template')}{' '}
            <a href={templateUrl(kindId, i18n.language, 'xlsx')} download data-testid="template-xlsx">
              Excel
            </a>{' '}
            <a href={templateUrl(kindId, i18n.language, 'csv')} download data-testid="template-csv">
              CSV
            </a>
          </p>
        )}
      </div>
      <div
        className="drop"
        data-over={over}
        data-testid="import-drop"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (ready) sendFile(event.dataTransfer.files[0]);
        }}
      >
        <label className="file-button">
          {t('imports.choose_file')}
          <input
            type="file"
            accept=".csv,.tsv,.txt,.xlsx,.hl7"
            data-testid="import-file"
            disabled={!ready}
            onChange={(event) => {
              sendFile(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </label>
        <span className="quiet">{t('imports.or_drop')}</span>
      </div>
      <label htmlFor={ids.text}>{t('imports.paste')}</label>
      <textarea
        id={ids.text}
        className="field-input import-text mono"
        rows={4}
        spellCheck={false}
        data-testid="import-text"
        placeholder={t('imports.paste_hint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p>
        <Button
          type="primary"
          disabled={!ready || text.trim() === ''}
          data-testid="import-check"
          onClick={() => void send(new Blob([text]), '')}
        >
          {t('imports.check')}
        </Button>
      </p>
      {tooLarge && (
        <p role="alert" className="wrong">
          {t('imports.too_large')}
        </p>
      )}
      {failure && <FailureText failure={failure} />}
    </section>
  );
}

interface SelectProps {
  id: string;
  value: string;
  onChange: (id: string) => void;
}

/** People on the list of a round that is still to come or runs; without one they are only registered. */
function RoundSelect({ id, value, onChange }: SelectProps) {
  const { t } = useTranslation();
  const rounds = useWhole<RoundRow>('screening/rounds', { state: 'planned,approved,open' });
  return (
    <label htmlFor={id}>
      {t('imports.round')}
      <select
        id={id}
        className="field-select"
        data-testid="import-round"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('imports.no_round')}</option>
        {rounds.rows.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </select>
    </label>
  );
}

function TownshipSelect({ id, value, onChange }: SelectProps) {
  const { t } = useTranslation();
  const units = useUnits();
  return (
    <label htmlFor={id}>
      {t('imports.township')}
      <select
        id={id}
        className="field-select"
        data-testid="import-township"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('imports.choose')}</option>
        {units.all
          .filter((unit) => unit.kind === 'township')
          .map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unitName(unit)}
            </option>
          ))}
      </select>
    </label>
  );
}
