/** Find a person: full name, pinyin initials, tail of document or phone, full number. Each search is recorded. */
import { Button } from 'antd';
import { useState } from 'react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSearch } from '@/api/queries';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';

const route = getRouteApi('/search');

export default function SearchPage() {
  const { t } = useTranslation();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    void navigate({ search: { q: text.trim() } });
  };
  return (
    <main className="page" id="work" tabIndex={-1} data-testid="search-page">
      <h1 className="page-title">{q ? t('search.title', { q }) : t('search.label')}</h1>
      <form className="filters" onSubmit={submit}>
        <input
          className="field-input"
          type="search"
          aria-label={t('search.label')}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit" type="primary">
          {t('action.search')}
        </Button>
      </form>
      <p className="quiet small">{t('search.explain')}</p>
      <SearchResults q={q} />
    </main>
  );
}

export function SearchResults({ q }: { q: string }) {
  const { t } = useTranslation();
  const query = useSearch(q);
  if (!q) return <Empty title={t('search.nothing_asked')} />;
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  if (query.data.rows.length === 0) return <Empty title={t('search.none')}>{t('search.none_hint')}</Empty>;
  return (
    <table className="list" data-testid="search-results">
      <caption className="only-read">{t('search.title', { q })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('field.name')}</th>
          <th scope="col">{t('field.document_number')}</th>
        </tr>
      </thead>
      <tbody>
        {query.data.rows.map((hit) => (
          <tr key={hit.person}>
            <td data-head={t('field.name')}>
              <Link to="/people/$id" params={{ id: hit.person }}>
                {hit.name || t('word.unknown_person')}
              </Link>
            </td>
            <td data-head={t('field.document_number')} className="mono">
              {hit.document}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
