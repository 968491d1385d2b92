import { useTranslation } from 'react-i18next';
import { formatMoment } from '@/ui/time';
import type { Branch, Tree } from './tree';

interface Props {
  tree: Tree;
  nameOf: (branch: Branch) => string;
  open: (id: string) => void;
}

/** The pairs of the tree: each case with whom it has it from, in the same order as the picture. */
export function PairTable({ tree, nameOf, open }: Props) {
  const { t } = useTranslation();
  const byId = new Map(tree.branches.map((one) => [one.id, one]));
  const linkTo = new Map(tree.links.map((link) => [link.infectee, link]));
  return (
    <table className="list">
      <caption className="only-read">{t('chain.pairs')}</caption>
      <thead>
        <tr>
          {['generation', 'case_id', 'onset_day', 'infector', 'strength'].map((head) => (
            <th key={head} scope="col">
              {t(`field.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tree.branches.map((one) => {
          const link = linkTo.get(one.id);
          const from = link && byId.get(link.infector);
          return (
            <tr key={one.id} data-testid="pair">
              <td>{one.generation}</td>
              <td>
                <button type="button" className="row-open" onClick={() => open(one.id)}>
                  {nameOf(one)}
                </button>
              </td>
              <td>{formatMoment(one.at).slice(0, 5) + (one.isGuess ? '?' : '')}</td>
              <td>{from ? nameOf(from) : t('chain.unknown')}</td>
              <td>{link ? t(link.proven ? 'chain.proven' : 'chain.presumed') : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
