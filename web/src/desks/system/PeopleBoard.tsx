/** The registry is searched, never leafed through; each search is audited. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchResults } from '@/app/SearchPage';

export function PeopleBoard() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  return (
    <>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(text.trim());
        }}
      >
        <label htmlFor="people-search">{t('search.label')}</label>
        <input
          id="people-search"
          className="field-input"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
      {asked ? <SearchResults q={asked} /> : <p className="state">{t('search.explain')}</p>}
    </>
  );
}
