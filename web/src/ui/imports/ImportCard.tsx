import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '@/app/i18n';
import { errorsUrl, isAtWork, useImporting, type Import } from '@/api/imports';
import type { Failure } from '@/api/outcome';
import { Mark } from '@/ui/Mark';
import { FailureText } from '@/ui/States';
import { FaultTable, type Mends } from './FaultTable';

const tones = {
  reading: 'plain',
  checked: 'info',
  running: 'info',
  done: 'good',
  stopped: 'warning',
  failed: 'error',
} as const;

export function ImportCard({ job }: { job: Import }) {
  const { t, i18n } = useTranslation();
  const { run, cancel, mend } = useImporting();
  const [mends, setMends] = useState<Mends>({});
  const [failure, setFailure] = useState<Failure>();
  const settle = async (asked: Promise<{ kind: string }>) => {
    const outcome = await asked;
    setFailure(outcome.kind === 'ok' ? undefined : (outcome as Failure));
    return outcome.kind === 'ok';
  };
  const sendMends = async () => {
    const cells = Object.values(mends);
    if (await settle(mend(job.id, cells))) setMends({});
  };
  const { summary } = job;
  return (
    <section
      className="card import-card"
      aria-label={t('imports.result')}
      data-testid="import-job"
      data-state={job.state}
    >
      <div className="import-head">
        <h2>{job.file || t('imports.pasted')}</h2>
        <Mark tone={tones[job.state]}>{t(`imports.state.${job.state}`)}</Mark>
        {job.sheet && <span className="quiet">{t('imports.sheet', { name: job.sheet })}</span>}
      </div>
      {job.problem && (
        <p role="alert" className="wrong" data-testid="import-problem">
          {pick(job.problem)}
        </p>
      )}
      {isAtWork(job) && <Progress job={job} />}
      {!isAtWork(job) && job.state !== 'failed' && (
        <>
          <div className="tiles" aria-live="polite">
            {(['read', 'accepted', 'refused', 'unchanged'] as const).map((one) => (
              <div key={one} className="tile" data-testid={`import-${one}`}>
                <b>{summary[one]}</b>
                {t(one === 'accepted' && job.dry ? 'imports.count.ready' : `imports.count.${one}`)}
              </div>
            ))}
          </div>
          <p className="import-actions">
            {job.state !== 'done' && (
              <Button
                type="primary"
                disabled={summary.accepted + (job.dry ? 0 : 1) === 0}
                data-testid="import-run"
                onClick={() => void settle(run(job.id))}
              >
                {job.dry ? t('imports.record', { n: summary.accepted }) : t('imports.go_on')}
              </Button>
            )}
            {job.fault_count > 0 && (
              <a href={errorsUrl(job.id, i18n.language)} download data-testid="import-errors">
                {t('imports.errors', { n: job.fault_count })}
              </a>
            )}
          </p>
        </>
      )}
      {isAtWork(job) && (
        <p>
          <Button data-testid="import-cancel" onClick={() => void settle(cancel(job.id))}>
            {t('imports.cancel')}
          </Button>
        </p>
      )}
      {failure && <FailureText failure={failure} />}
      {job.faults.length > 0 && !isAtWork(job) && (
        <>
          <h3>{t('imports.faults')}</h3>
          <FaultTable faults={job.faults} mends={mends} onMend={setMends} />
          {job.faults.some((one) => one.changeable) && (
            <p>
              <Button
                disabled={Object.keys(mends).length === 0}
                data-testid="import-mend"
                onClick={() => void sendMends()}
              >
                {t('imports.check_again', { n: Object.keys(mends).length })}
              </Button>
            </p>
          )}
        </>
      )}
      {job.warnings.length > 0 && !isAtWork(job) && (
        <details data-testid="import-warnings">
          <summary>{t('imports.warnings', { n: job.warning_count })}</summary>
          <FaultTable faults={job.warnings} />
        </details>
      )}
    </section>
  );
}

function Progress({ job }: { job: Import }) {
  const { t } = useTranslation();
  return (
    <label className="import-progress">
      {t('imports.progress', { at: job.at, total: job.total })}
      <progress max={Math.max(job.total, 1)} value={job.at} />
    </label>
  );
}
