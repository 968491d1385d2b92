/** One entry: what it says now, what it said before and elsewhere, whence, and which rules take its value. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRule } from '@/api/queries';
import type { RuleEntry } from '@/api/views';
import { Known } from '@/ui/Known';
import { Failed, failureIn, Loading } from '@/ui/States';
import { ruleTitle, valueText } from './rules';

const route = getRouteApi('/rulebook/$id');

export default function RulePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { pathogen } = route.useSearch();
  const query = useRule({ id, pathogen });
  return (
    <main className="page" id="work" tabIndex={-1} data-testid="rule-page">
      <p>
        <Link to="/rulebook" search={{}}>
          {t('rulebook.title')}
        </Link>
      </p>
      <h1 className="page-title">{id}</h1>
      {query.isPending && <Loading />}
      {query.isError && <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />}
      {query.data && <Body entry={query.data} />}
    </main>
  );
}

function Body({ entry }: { entry: RuleEntry }) {
  const { t } = useTranslation();
  const { history, text, pathogen, profile, source, evidence, note, why, where, version, jurisdiction } =
    entry;
  const facts = {
    pathogen,
    profile,
    ...(jurisdiction ? { jurisdiction } : {}),
    source,
    evidence,
    remark: note,
    reason_chain: why,
    file: where,
    rulebook_version: version,
  };
  const value = valueText(entry, t);
  return (
    <>
      <section className="card" aria-label={t('rulebook.now')}>
        <h2>{ruleTitle(entry)}</h2>
        {value && <p style={{ fontSize: 22, fontWeight: 700 }}>{value}</p>}
        <Known value={facts} />
      </section>
      {history && history.length > 0 && (
        <section className="card" aria-label={t('rulebook.history')}>
          <h2>{t('rulebook.history')}</h2>
          <table className="list">
            <thead>
              <tr>
                {['profile', 'rule_value', 'in_force_from', 'jurisdiction', 'source', 'evidence'].map(
                  (head) => (
                    <th key={head} scope="col">
                      {t(`field.${head}`)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {history.map((row, at) => (
                <tr key={at}>
                  <td data-head={t('field.profile')}>{row.profile}</td>
                  <td data-head={t('field.rule_value')}>{valueText(row, t)}</td>
                  <td data-head={t('field.in_force_from')}>{row.in_force_from}</td>
                  <td data-head={t('field.jurisdiction')}>{row.jurisdiction || t('rulebook.national')}</td>
                  <td data-head={t('field.source')}>{row.source}</td>
                  <td data-head={t('field.evidence')}>
                    {row.evidence && t(`choice.evidence.${row.evidence}`, row.evidence)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {text && (
        <section className="card" aria-label={t('rulebook.text')}>
          <h2>{t('rulebook.text')}</h2>
          <pre className="mono small" style={{ overflow: 'auto' }} tabIndex={0}>
            {text}
          </pre>
        </section>
      )}
    </>
  );
}
