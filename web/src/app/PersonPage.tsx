/** One person, one page: identity (masked; the full one needs a purpose and is recorded), and all that is known, by desk. */
import { Button } from 'antd';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRun } from '@/api/catalogue';
import { api, outcomeOf } from '@/api/client';
import type { Failure } from '@/api/outcome';
import { usePerson } from '@/api/queries';
import { useSession } from '@/api/session';
import type { Identity, PersonCard, PersonPage as Person, Purpose } from '@/api/views';
import { PersonWords } from '@/ui/cells';
import { Known } from '@/ui/Known';
import { PersonRecord } from './PersonRecord';
import { OperationForm } from '@/ui/form/OperationForm';
import { fieldsOf } from '@/api/catalogue';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';

const route = getRouteApi('/people/$id');

export default function PersonPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = usePerson(id);
  return (
    <main className="page" id="work" tabIndex={-1} data-testid="person-page">
      <h1 className="page-title">{t('person.title')}</h1>
      {query.isPending && <Loading />}
      {query.isError && <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />}
      {query.data && <Body id={id} person={query.data} />}
    </main>
  );
}

function Body({ id, person }: { id: string; person: Person }) {
  const { t } = useTranslation();
  const lists = Object.entries(person).filter(
    (entry): entry is [string, Record<string, unknown>[]] =>
      Array.isArray(entry[1]) && entry[0] !== 'entries',
  );
  const entries = (person.entries ?? []) as Entry[];
  return (
    <>
      <section className="card" aria-label={t('person.identity')}>
        <h2>{t('person.identity')}</h2>
        <Known value={{ ...person.identity, ...standing(person) }} />
        <Unmask id={id} />
        <Correct id={id} />
      </section>
      {entries.length > 1 && <Entries id={id} entries={entries} />}
      {lists.map(([name, rows]) => (
        <section key={name} className="card" aria-label={t(`person.list.${name}`, name)}>
          <h2>{t(`person.list.${name}`, name)}</h2>
          {rows.length === 0 ? (
            <Empty title={t('person.none')} />
          ) : (
            <ol className="timeline">
              {rows.map((row, at) => (
                <li key={at}>
                  {typeof row === 'object' ? <PersonRecord list={name} row={row} /> : String(row)}
                  <Under id={id} row={row} entries={entries} />
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </>
  );
}

/** One entry of a person whose entries were merged. */
interface Entry {
  person: string;
  identity: PersonCard;
  merged_into?: string;
  merged_at?: string;
}

const unmerge = 'people/unmerge_person';

/** The entries that are one person; records keep the entry they were made under. */
function Entries({ id, entries }: { id: string; entries: Entry[] }) {
  const { t } = useTranslation();
  const { roles } = useSession();
  const [open, setOpen] = useState<string>();
  const mayUnmerge = mayRun(unmerge, roles);
  return (
    <section className="card" aria-label={t('person.entries')} data-testid="person-entries">
      <h2>{t('person.entries')}</h2>
      <ul>
        {entries.map((one) => (
          <li key={one.person} className="duty-line">
            {one.person === id ? (
              <PersonWords card={one.identity} id={one.person} />
            ) : (
              <Link to="/people/$id" params={{ id: one.person }}>
                <PersonWords card={one.identity} id={one.person} />
              </Link>
            )}
            {one.merged_into ? (
              <span className="quiet small">
                {t('person.merged_at', { at: one.merged_at ? formatMoment(toInstant(one.merged_at)) : '' })}{' '}
                {mayUnmerge && (
                  <button
                    type="button"
                    className="link-button"
                    aria-expanded={open === one.person}
                    data-testid="unmerge"
                    onClick={() => setOpen(one.person)}
                  >
                    {t('op.people.unmerge_person')}
                  </button>
                )}
              </span>
            ) : (
              <Mark tone="good">{t('person.stands')}</Mark>
            )}
          </li>
        ))}
      </ul>
      {open && (
        <OperationForm
          key={open}
          operation={unmerge}
          fixed={{ person: open }}
          fields={fieldsOf(unmerge, ['person'])}
          danger
          review
          onDone={() => setOpen(undefined)}
          onCancel={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}

/** A record of another entry of the same person says so. */
function Under({ id, row, entries }: { id: string; row: Record<string, unknown>; entries: Entry[] }) {
  const { t } = useTranslation();
  const entry = row.person === id ? undefined : entries.find((one) => one.person === row.person);
  if (!entry) return null;
  return (
    <span className="quiet small">
      {t('person.under')} <PersonWords card={entry.identity} id={entry.person} />
    </span>
  );
}

/** Where the entry stands in the registry; what is as usual is not said. */
function standing(person: Person): Record<string, unknown> {
  const { status, merged_into: mergedInto, guardian, deceased, registered_at: registeredAt } = person;
  return {
    status,
    registered_at: registeredAt,
    ...(mergedInto ? { merged_into: mergedInto } : {}),
    ...(guardian ? { guardian } : {}),
    ...(deceased === true ? { deceased } : {}),
  };
}

const purposes: Purpose[] = ['treatment', 'testing', 'investigation', 'reporting', 'search', 'service'];

function Unmask({ id }: { id: string }) {
  const { t } = useTranslation();
  const [purpose, setPurpose] = useState<Purpose>('treatment');
  const [shown, setShown] = useState<Identity>();
  const [failure, setFailure] = useState<Failure>();
  const ask = async (event: React.FormEvent) => {
    event.preventDefault();
    const asked = api.POST('/v1/people/{id}/unmask', { params: { path: { id } }, body: { purpose } });
    const outcome = await outcomeOf(asked);
    if (outcome.kind === 'ok') setShown(outcome.value);
    setFailure(outcome.kind === 'ok' ? undefined : outcome);
  };
  if (shown) {
    return (
      <div className="banner" data-tone="info" data-testid="unmasked" style={{ marginTop: 12 }}>
        <p className="small">{t('person.recorded', { purpose: t(`choice.purpose.${purpose}`, purpose) })}</p>
        <Known value={shown} />
        <Button size="small" onClick={() => setShown(undefined)}>
          {t('person.hide')}
        </Button>
      </div>
    );
  }
  return (
    <form
      className="form"
      style={{ marginTop: 12 }}
      onSubmit={(event) => void ask(event)}
      data-testid="unmask"
    >
      {failure && <Failed failure={failure} />}
      <div className="field">
        <label htmlFor="purpose">{t('person.purpose')}</label>
        <span className="with-unit">
          <select
            id="purpose"
            className="field-select"
            value={purpose}
            onChange={(event) => setPurpose(event.target.value as Purpose)}
          >
            {purposes.map((one) => (
              <option key={one} value={one}>
                {t(`choice.purpose.${one}`)}
              </option>
            ))}
          </select>
          <Button htmlType="submit">{t('person.unmask')}</Button>
        </span>
        <span className="hint">{t('person.unmask_hint')}</span>
      </div>
    </form>
  );
}

function Correct({ id }: { id: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const [isOpen, setOpen] = useState<string>();
  const operations = ['people/identify_person', 'people/correct_person', 'people/record_death'].filter(
    (one) => mayRun(one, session.roles),
  );
  return (
    <>
      <div className="actions">
        {operations.map((one) => (
          <Button key={one} onClick={() => setOpen(one)}>
            {t(`op.${one.replace('/', '.')}`)}
          </Button>
        ))}
      </div>
      {isOpen && (
        <OperationForm
          key={isOpen}
          operation={isOpen}
          fixed={{ person: id }}
          fields={fieldsOf(isOpen, ['person'])}
          review={isOpen === 'people/record_death'}
          onDone={() => setOpen(undefined)}
          onCancel={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
