/** The rulebook as a document: every entry with its value, unit, source and evidence, to be read by those it binds. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRulebook } from '@/api/queries';
import type { RuleEntry } from '@/api/views';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import type { RulebookSearch } from './router';
import { ruleTitle, valueText } from './rules';

const route = getRouteApi('/rulebook');

export default function RulebookPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <main className="page" id="work" tabIndex={-1} data-testid="rulebook">
      <h1 className="page-title">{t('rulebook.title')}</h1>
      <div className="card" style={{ padding: 0 }}>
        <RuleList
          search={search}
          change={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })}
        />
      </div>
    </main>
  );
}

const kinds = ['value', 'duty', 'rhythm', 'bar', 'watch'];
const most = 200;

export function RuleList({
  search,
  change,
}: {
  search: RulebookSearch;
  change: (part: RulebookSearch) => void;
}) {
  const { t } = useTranslation();
  const query = useRulebook();
  const all = useMemo(() => query.data?.rows ?? [], [query.data]);
  const pathogens = useMemo(
    () => [
      ...new Set(
        all
          .map((entry) => entry.pathogen)
          .filter((one): one is string => typeof one === 'string' && one !== ''),
      ),
    ],
    [all],
  );
  const found = useMemo(() => all.filter((entry) => fits(entry, search)), [all, search]);
  return (
    <>
      <div className="filters">
        <input
          className="field-input"
          type="search"
          style={{ minWidth: 220 }}
          aria-label={t('rulebook.search')}
          placeholder={t('rulebook.search')}
          value={search.q ?? ''}
          data-testid="rulebook-search"
          onChange={(event) => change({ q: event.target.value || undefined })}
        />
        <select
          className="field-select"
          aria-label={t('field.rule_kind')}
          value={search.kind ?? ''}
          onChange={(event) => change({ kind: event.target.value || undefined })}
        >
          <option value="">{t('rulebook.all_kinds')}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`choice.rule_kind.${kind}`)}
            </option>
          ))}
        </select>
        <select
          className="field-select"
          aria-label={t('field.pathogen')}
          value={search.pathogen ?? ''}
          onChange={(event) => change({ pathogen: event.target.value || undefined })}
        >
          <option value="">{t('rulebook.all_pathogens')}</option>
          {pathogens.map((pathogen) => (
            <option key={pathogen} value={pathogen}>
              {t(`choice.pathogen.${pathogen}`, pathogen)}
            </option>
          ))}
        </select>
        <span className="quiet small" role="status">
          {t('rulebook.found', { n: found.length, of: all.length })}
        </span>
      </div>
      {query.isPending && <Loading />}
      {query.isError && <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />}
      {query.isSuccess && found.length === 0 && <Empty title={t('rulebook.none')} />}
      {found.length > 0 && <RuleTable entries={found.slice(0, most)} />}
      {found.length > most && <p className="list-foot">{t('rulebook.narrow', { n: most })}</p>}
    </>
  );
}

function RuleTable({ entries }: { entries: RuleEntry[] }) {
  const { t } = useTranslation();
  return (
    <table className="list">
      <caption className="only-read">{t('rulebook.title')}</caption>
      <thead>
        <tr>
          {['rule', 'meaning', 'rule_value', 'pathogen', 'rule_kind', 'source'].map((head) => (
            <th key={head} scope="col">
              {t(`field.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.id}${entry.pathogen ?? ''}`}>
            <td data-head={t('field.rule')}>
              <Link
                to="/rulebook/$id"
                params={{ id: entry.id }}
                search={entry.pathogen ? { pathogen: entry.pathogen } : {}}
              >
                {entry.id}
              </Link>
            </td>
            <td data-head={t('field.meaning')}>{ruleTitle(entry)}</td>
            <td data-head={t('field.rule_value')}>{valueText(entry, t)}</td>
            <td data-head={t('field.pathogen')}>
              {entry.pathogen && t(`choice.pathogen.${entry.pathogen}`, entry.pathogen)}
            </td>
            <td data-head={t('field.rule_kind')}>
              <Mark>{t(`choice.rule_kind.${entry.kind}`, entry.kind)}</Mark>
            </td>
            <td data-head={t('field.source')}>
              {entry.source}{' '}
              {entry.evidence && (
                <span className="quiet small">{t(`choice.evidence.${entry.evidence}`, entry.evidence)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function fits(entry: RuleEntry, { q, kind, pathogen }: RulebookSearch): boolean {
  if (kind && entry.kind !== kind) return false;
  if (pathogen && entry.pathogen !== pathogen) return false;
  if (!q) return true;
  const wanted = q.toLowerCase();
  const words = [
    entry.id,
    entry.name?.zh,
    entry.name?.en,
    entry.meaning?.zh,
    entry.meaning?.en,
    entry.source,
  ];
  return words.some((one) => one?.toLowerCase().includes(wanted));
}
