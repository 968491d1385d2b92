/** The cases of the desk, for the pages that show one or all of them. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { Case } from '@/api/rows';
import type { PersonCard } from '@/api/views';
import { useDeskSearch } from '@/ui/desk/DeskFrame';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';

export function useCases() {
  const { rows, persons, ...query } = useWhole<Case>('investigation/cases');
  return { cases: rows, persons, query };
}

export function nameOf(row: Case | undefined, persons: Record<string, PersonCard>): string {
  return (row && persons[row.person]?.name) || `…${(row?.id ?? '').slice(-6)}`;
}

interface Props {
  cases: Case[];
  persons: Record<string, PersonCard>;
  chosen: string;
}

function CasePicker({ cases, persons, chosen }: Props) {
  const { t } = useTranslation();
  const { change } = useDeskSearch();
  return (
    <div className="filters">
      <label>
        <span className="quiet">{t('field.case_id')} </span>
        <select
          className="field-select"
          value={chosen}
          data-testid="case-picker"
          onChange={(event) => change({ only: event.target.value, sel: undefined, op: undefined })}
        >
          {cases.map((one) => (
            <option key={one.id} value={one.id}>
              {`${nameOf(one, persons)} · ${t(`choice.case_state.${one.state}`)} · ${one.onset_day?.slice(5) ?? '?'}`}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface ChosenProps {
  /** Nobody has chosen yet: may it open on a case of the past? */
  fromHistory?: boolean;
  children: (row: Case, cases: Case[]) => ReactNode;
}

/** One case, chosen from all of the desk, and what a page shows of it. */
export function ChosenCase({ fromHistory = false, children }: ChosenProps) {
  const { t } = useTranslation();
  const { search } = useDeskSearch();
  const { cases, persons, query } = useCases();
  const row = cases.find((one) => one.id === search.only) ?? cases.find((one) => fromHistory || !one.history);
  if (query.isPending) return <Loading />;
  if (query.isError && cases.length === 0)
    return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  if (!row) return <Empty title={t('investigation.empty.cases')}>{t('list.empty_hint')}</Empty>;
  return (
    <>
      <CasePicker cases={cases} persons={persons} chosen={row.id} />
      {children(row, cases)}
    </>
  );
}
