/** A box is counted at the laboratory's door: each tube is scanned, missing or not fit. Nothing is taken as there unseen. */
import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { command } from '@/api/client';
import type { Failure } from '@/api/outcome';
import { joinPages, useList } from '@/api/queries';
import type { Box, Tube } from '@/api/rows';
import type { ActionFormProps } from '@/ui/desk/types';
import { FailureText, Loading } from '@/ui/States';
import { readScan } from '@/ui/scan';
import { civilDay } from '@/ui/time';
import { tell } from '@/ui/toasts';
import { countOf, intakeBody, rejectReasons, type Found } from './intake';

export function ReceiveBoxForm({ row, kit, onDone, onCancel }: ActionFormProps<Box>) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const id = useId();
  const query = useList<Tube>('screening/tubes', { box: row.id }, true, 500);
  const [found, setFound] = useState<Record<string, Found>>({});
  const [text, setText] = useState('');
  const [say, setSay] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const [isPending, setPending] = useState(false);
  const tubes = joinPages(query.data?.pages ?? []).rows.filter(
    (tube) => tube.state === 'in_transit' || tube.state === 'sealed',
  );
  const { seen, left } = countOf(tubes, found);
  const mark = (tube: string, as: Found | undefined) =>
    setFound((before) => {
      const { [tube]: _old, ...others } = before;
      return as ? { ...others, [tube]: as } : others;
    });

  const scanned = () => {
    const scan = readScan(text, civilDay(kit.now));
    const tube = scan.kind === 'label' ? tubes.find((one) => one.code === scan.code) : undefined;
    setText('');
    if (!tube) return setSay(t('screening.not_in_box', { text }));
    mark(tube.id, 'here');
    setSay(t('screening.in_box', { code: tube.code }));
  };
  const submit = async () => {
    setPending(true);
    const outcome = await command('screening/receive_box', intakeBody(row.id, tubes, found));
    setPending(false);
    if (outcome.kind !== 'ok') return setFailure(outcome);
    void queries.invalidateQueries({ queryKey: ['list'] });
    void queries.invalidateQueries({ queryKey: ['duties'] });
    tell({ tone: 'good', text: t('screening.box_received', { code: row.code, n: seen }) });
    onDone();
  };
  if (query.isPending) return <Loading />;
  return (
    <form
      className="form"
      data-testid="form-screening/receive_box"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') scanned();
        else if (left === 0) void submit();
      }}
    >
      {failure && (
        <div className="summary">
          <FailureText failure={failure} />
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}scan`}>{t('screening.scan_tube_in_box')}</label>
        <input
          id={`${id}scan`}
          className="field-input mono"
          autoComplete="off"
          autoCapitalize="characters"
          autoFocus
          data-testid="intake-scan"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="hint" role="status" aria-live="polite">
          {say}
        </span>
      </div>
      <p data-testid="intake-count">{t('screening.intake', { seen, left, all: tubes.length })}</p>
      {tubes.map((tube) => (
        <div className="field" key={tube.id}>
          <label htmlFor={`${id}${tube.id}`} className="mono">
            {tube.code}
          </label>
          <select
            id={`${id}${tube.id}`}
            className="field-select"
            value={found[tube.id] ?? ''}
            onChange={(event) => mark(tube.id, (event.target.value || undefined) as Found | undefined)}
            data-testid="intake-tube"
          >
            <option value="">{t('screening.found.open')}</option>
            <option value="here">{t('screening.found.here')}</option>
            <option value="missing">{t('screening.found.missing')}</option>
            {rejectReasons.map((reason) => (
              <option key={reason} value={reason}>
                {t('screening.found.rejected', { reason: t(`choice.reason.${reason}`) })}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={isPending}
          disabled={text.trim() === '' && left > 0}
          data-testid="submit"
        >
          {t('op.screening.receive_box')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
