/** The reports of one case: drafted from its records, written by an officer, saved version by version, signed, exported. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from '@/api/queries';
import type { Case } from '@/api/rows';
import { Mark } from '@/ui/Mark';
import { Failed, failureIn, Loading } from '@/ui/States';
import { ChosenCase } from '../cases';
import { ReportEditor } from './ReportEditor';
import { reportKinds, type ReportKind } from './report';

export function ReportBoard() {
  return <ChosenCase>{(row) => <Reports key={row.id} row={row} />}</ChosenCase>;
}

/** The report that is due next stands open. */
function dueKind(row: Case): ReportKind {
  return ['assigned', 'started', 'core_facts'].includes(row.stage) ? 'first' : 'full';
}

function Reports({ row }: { row: Case }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ReportKind>(dueKind(row));
  return (
    <div className="trajectory" data-testid="reports">
      <div className="filters" role="group" aria-label={t('investigation.view.reports')}>
        {reportKinds.map((one) => (
          <button
            key={one}
            type="button"
            className="toggle"
            aria-pressed={kind === one}
            data-testid={`report-${one}`}
            onClick={() => setKind(one)}
          >
            <Mark tone={kind === one ? 'info' : 'plain'}>{t(`choice.kind.${one}`)}</Mark>
          </button>
        ))}
      </div>
      <OneReport key={kind} caseId={row.id} kind={kind} />
    </div>
  );
}

function OneReport({ caseId, kind }: { caseId: string; kind: ReportKind }) {
  const query = useReport(caseId, kind);
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  return <ReportEditor report={query.data} kind={kind} />;
}
