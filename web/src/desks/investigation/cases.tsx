/** The cases of the desk, for the pages that show one or all of them. */
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { Case } from '@/api/rows';
import type { PersonCard } from '@/api/views';
import { useDeskSearch } from '@/ui/desk/DeskFrame';

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

export function CasePicker({ cases, persons, chosen }: Props) {
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
