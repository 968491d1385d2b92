/** Who of a round is not sampled yet, by township and building: whom to call up, floor by floor. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { RoundPerson, RoundRow, RoundTallyRow } from '@/api/rows';
import { DataList } from '@/ui/DataList';
import type { BoardProps } from '@/ui/desk/types';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { missingColumns } from './columns';
import { placeFilter, byPlace, missed } from './sums';

/** Rounds whose people can still come. */
const going = 'approved,open,sampling_closed';

export function MissingBoard({ selected, select }: BoardProps) {
  const { t } = useTranslation();
  const rounds = useWhole<RoundRow>('screening/rounds', { state: going });
  const [chosen, setChosen] = useState<string>();
  const [township, setTownship] = useState('');
  const [building, setBuilding] = useState('');
  const round = chosen ?? rounds.rows.find((row) => row.state === 'open')?.id ?? rounds.rows[0]?.id;
  const tallies = useWhole<RoundTallyRow>('screening/round_counts', { round }, round !== undefined);
  if (rounds.isPending) return <Loading />;
  if (rounds.isError) return <Failed failure={failureIn(rounds.error)} retry={() => void rounds.refetch()} />;
  if (!round) return <Empty title={t('rounds.no_round')}>{t('rounds.no_round_hint')}</Empty>;
  const townships = byPlace(tallies.rows, (area) => String(area.township));
  const buildings = byPlace(
    tallies.rows.map((row) => ({
      ...row,
      areas: row.areas?.filter((area) => String(area.township) === township) ?? [],
    })),
    (area) => area.building,
  );
  const choices = (sums: typeof townships, none: string) =>
    [...sums].map(([name, sum]) => (
      <option key={name} value={placeFilter(name)}>
        {t('rounds.missed_in', { name: name && name !== '0' ? name : t(none), n: missed(sum) })}
      </option>
    ));
  return (
    <>
      <div className="filters">
        <select
          className="field-select"
          aria-label={t('field.round')}
          data-testid="missing-round"
          value={round}
          onChange={(event) => {
            setChosen(event.target.value);
            setTownship('');
            setBuilding('');
          }}
        >
          {rounds.rows.map((row) => (
            <option key={row.id} value={row.id}>
              {row.title}
            </option>
          ))}
        </select>
        <select
          className="field-select"
          aria-label={t('field.township')}
          data-testid="missing-township"
          value={township}
          onChange={(event) => {
            setTownship(event.target.value);
            setBuilding('');
          }}
        >
          <option value="">{t('rounds.all_townships')}</option>
          {choices(townships, 'rounds.no_township')}
        </select>
        {township !== '' && (
          <select
            className="field-select"
            aria-label={t('field.building')}
            data-testid="missing-building"
            value={building}
            onChange={(event) => setBuilding(event.target.value)}
          >
            <option value="">{t('rounds.all_buildings')}</option>
            {choices(buildings, 'rounds.no_building')}
          </select>
        )}
      </div>
      <DataList<RoundPerson>
        path="screening/round_people"
        filters={{ round, state: 'rostered', township, building }}
        columns={missingColumns}
        rowKey={(row) => row.id}
        selected={selected}
        onSelect={(row) => select(row.id)}
        caption={t('rounds.view.missing')}
        emptyTitle={t('rounds.empty.missing')}
      />
    </>
  );
}
