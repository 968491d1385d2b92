/** Who infected whom, as a time tree and as a table of pairs; over two hundred cases as clusters, each opened by a press. */
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '@/api/rows';
import { ChartFrame } from '@/ui/chart/ChartFrame';
import type { BoardProps } from '@/ui/desk/types';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { toInstant } from '@/ui/time';
import { nameOf, useCases } from '../cases';
import { PairTable } from './PairTable';
import { TimeTree, TreeLegend } from './TimeTree';
import { casesOf, collapse, layOut, most, type Branch, type TreeCase, type TreeLink } from './tree';

export function ChainBoard({ selected, select }: BoardProps) {
  const { t } = useTranslation();
  const { cases, persons, query } = useCases();
  const [group, setGroup] = useState<string>();
  const shown = useMemo(() => cases.filter((one) => one.state !== 'excluded'), [cases]);
  const { all, links } = useMemo(() => ({ all: shown.map(treeCase), links: shown.flatMap(linkOf) }), [shown]);
  const inside = useMemo(() => (group ? casesOf(group, all, links) : all), [group, all, links]);
  const tree = useMemo(
    () => (inside.length > most ? collapse(inside, links) : layOut(inside, links)),
    [inside, links],
  );
  const byId = useMemo(() => new Map(shown.map((one) => [one.id, one])), [shown]);
  if (query.isPending) return <Loading />;
  if (query.isError && cases.length === 0)
    return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  if (shown.length === 0) return <Empty title={t('investigation.empty.cases')}>{t('list.empty_hint')}</Empty>;
  const words = (branch: Branch) =>
    branch.cases > 1
      ? t('chain.cases', { n: branch.cases, name: nameOf(byId.get(branch.id), persons) })
      : nameOf(byId.get(branch.id), persons);
  return (
    <div className="chain">
      {group && (
        <p className="filters">
          <Button size="small" onClick={() => setGroup(undefined)}>
            {t('chain.back')}
          </Button>
        </p>
      )}
      <ChartFrame
        title={t('investigation.view.chain')}
        summary={t('chain.summary', { n: inside.length, links: tree.links.length })}
        legend={<TreeLegend kinds={[...new Set(tree.branches.map((one) => one.kind))]} />}
        testId="chain"
        picture={(width) => (
          <TimeTree
            tree={tree}
            width={width}
            nameOf={words}
            selected={selected}
            open={(branch) => (branch.cases > 1 ? setGroup(branch.id) : select(branch.id))}
          />
        )}
        table={<PairTable tree={tree} nameOf={words} open={select} />}
      />
    </div>
  );
}

function treeCase(row: Case): TreeCase {
  return {
    id: row.id,
    at: toInstant(
      row.onset_day ? `${row.onset_day}T00:00:00+08:00` : row.history ? row.opened_at : row.sampled_at,
    ),
    isGuess: !row.onset_day,
    kind: ['asymptomatic', 'suspected', 'screen_positive'].includes(row.state) ? row.state : 'confirmed',
  };
}

function linkOf(row: Case): TreeLink[] {
  return row.infector ? [{ infector: row.infector, infectee: row.id, proven: row.link === 'proven' }] : [];
}
