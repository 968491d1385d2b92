/** Part by part: read, change, save; sign the version that stands here; take it away as a file for a word processor. */
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRun } from '@/api/catalogue';
import { useSession } from '@/api/session';
import type { CaseReport } from '@/api/views';
import { useOperation } from '@/ui/form/useOperation';
import { Mark, type Tone } from '@/ui/Mark';
import { FailureText } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';
import { changed, standingOf, wordsOf, type ReportKind, type Standing } from './report';

const tones: Record<Standing, Tone> = { draft: 'plain', saved: 'info', signed: 'good', changed: 'warning' };

export function ReportEditor({ report, kind }: { report: CaseReport; kind: ReportKind }) {
  const { t } = useTranslation();
  const { roles } = useSession();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const saving = useOperation('investigation/save_report');
  const signing = useOperation('investigation/sign_report');
  const mayWrite = mayRun('investigation/save_report', roles);
  const unsaved = changed(report, typed);
  const isChanged = Object.keys(unsaved).length > 0;
  const failure = saving.failure ?? signing.failure;
  const about = { case_id: report.case_id, kind };

  const save = async () => {
    if (!isChanged) return true;
    const done = await saving.run({ ...about, ...unsaved });
    return done !== undefined;
  };
  // What is signed is what stands on the screen: it is saved first, and the signature names that version.
  const sign = async () => {
    const version = report.version + (isChanged ? 1 : 0);
    if (await save()) await signing.run({ ...about, version });
  };

  return (
    <form
      className="report"
      data-testid="report"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <StandingLine report={report} isChanged={isChanged && report.version > 0} />
      {kind === 'public_notice' && (
        <p className={report.names_somebody ? 'wrong' : 'quiet small'} role="note">
          {t(report.names_somebody ? 'report.names_somebody' : 'report.without_identities')}
        </p>
      )}
      {failure && <FailureText failure={failure} />}
      {report.parts.map((part) => (
        <PartField
          key={part.part}
          part={part}
          words={wordsOf(part, typed)}
          isReadOnly={!mayWrite}
          change={(words) => setTyped((before) => ({ ...before, [part.part]: words }))}
        />
      ))}
      <div className="actions">
        {mayWrite && (
          <>
            <Button
              type={isChanged ? 'primary' : 'default'}
              htmlType="submit"
              disabled={!isChanged}
              loading={saving.isPending}
              data-testid="report-save"
            >
              {t('op.investigation.save_report')}
            </Button>
            <Button
              type={isChanged ? 'default' : 'primary'}
              disabled={report.names_somebody || (!isChanged && standingOf(report) === 'signed')}
              loading={signing.isPending}
              data-testid="report-sign"
              onClick={() => void sign()}
            >
              {t('op.investigation.sign_report')}
            </Button>
          </>
        )}
        {report.names_somebody ? null : (
          <a
            href={`/v1/investigation/report_docx?case=${report.case_id}&kind=${kind}`}
            download
            data-testid="report-docx"
          >
            {t('report.docx')}
          </a>
        )}
      </div>
    </form>
  );
}

function StandingLine({ report, isChanged }: { report: CaseReport; isChanged: boolean }) {
  const { t } = useTranslation();
  const standing = standingOf(report);
  const by = report.signed_by ? (report.persons[report.signed_by]?.name ?? '') : '';
  return (
    <p className="tally" data-testid="report-standing">
      <Mark tone={tones[standing]}>{t(`report.standing.${standing}`, { n: report.version })}</Mark>
      {report.signed_at && (
        <span className="quiet small">
          {t('report.signed', {
            n: report.signed_version,
            by,
            at: formatMoment(toInstant(report.signed_at)),
          })}
        </span>
      )}
      {isChanged && <Mark tone="warning">{t('report.unsaved')}</Mark>}
    </p>
  );
}

interface PartProps {
  part: CaseReport['parts'][number];
  words: string;
  isReadOnly: boolean;
  change: (words: string) => void;
}

function PartField({ part, words, isReadOnly, change }: PartProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{part.title}</label>
      <textarea
        id={id}
        className="field-input"
        rows={Math.min(18, Math.max(3, words.split('\n').length + 1))}
        readOnly={isReadOnly}
        value={words}
        data-testid={`part-of-${part.part}`}
        onChange={(event) => change(event.target.value)}
      />
      {/* The records went on after the words were saved: the newer draft is one press away, never put there by itself. */}
      {!isReadOnly && part.draft !== '' && words.trim() !== part.draft.trim() && (
        <button type="button" className="link-button" onClick={() => change(part.draft)}>
          {t('report.take_draft')}
        </button>
      )}
    </div>
  );
}
