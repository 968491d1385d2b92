/** What hangs on a case: its trajectory and chain one press away, its contacts and how far each has come. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { joinPages, useList } from '@/api/queries';
import type { Case, Contact } from '@/api/rows';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import { AboutLink } from '@/ui/DutyPane';
import { Mark } from '@/ui/Mark';

export function CaseAbove({ row }: { row: Case }) {
  const { t } = useTranslation();
  return (
    <p className="links">
      <Link
        to="/d/$desk"
        params={{ desk: 'investigation' }}
        search={{ view: 'trajectory', only: row.id, part: 'work' }}
        data-testid="to-trajectory"
      >
        {t('investigation.view.trajectory')}
      </Link>
      <Link
        to="/d/$desk"
        params={{ desk: 'investigation' }}
        search={{ view: 'chain', sel: row.id, part: 'work' }}
        data-testid="to-chain"
      >
        {t('investigation.view.chain')}
      </Link>
    </p>
  );
}

export function CaseBelow({ row }: { row: Case }) {
  const { t } = useTranslation();
  const query = useList<Contact>('investigation/contacts', { case_id: row.id }, true, 200);
  const { rows, persons } = joinPages(query.data?.pages ?? []);
  const unjudged = rows.filter((contact) => !contact.class).length;
  return (
    <section className="card" aria-label={t('investigation.contacts')}>
      <h3>{t('investigation.contacts')}</h3>
      <p className="tally">
        <Mark>{t('investigation.named', { n: rows.length })}</Mark>
        <Mark tone={unjudged > 0 ? 'warning' : 'good'}>{t('investigation.unjudged', { n: unjudged })}</Mark>
      </p>
      <ul>
        {rows.map((contact) => (
          <li key={contact.id} className="duty-line">
            <AboutLink kind="contact" id={contact.id}>
              <PersonWords card={persons[contact.person]} id={contact.person} />
            </AboutLink>
            <span>
              {contact.class && <ChoiceMark set="class" value={contact.class} />}{' '}
              <ChoiceMark set="contact_state" value={contact.state} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
