/** What hangs on a case: its trajectory, trace, reports and chain one press away, its contacts and how far each has come. */
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf, mayRun } from '@/api/catalogue';
import { joinPages, useList } from '@/api/queries';
import type { Case, Contact, InfectorCandidate } from '@/api/rows';
import { useSession } from '@/api/session';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import { AboutLink } from '@/ui/DutyPane';
import { OperationForm } from '@/ui/form/OperationForm';
import { Mark } from '@/ui/Mark';

const ofOneCase = ['trajectory', 'trace', 'reports'];

export function CaseAbove({ row }: { row: Case }) {
  const { t } = useTranslation();
  const { roles } = useSession();
  // Where somebody was and whom they met is for who investigates.
  const mayRead = ['CDC', 'INV'].some((role) => roles.includes(role));
  return (
    <p className="links">
      {mayRead &&
        ofOneCase.map((view) => (
          <Link
            key={view}
            to="/d/$desk"
            params={{ desk: 'investigation' }}
            search={{ view, only: row.id, part: 'work' }}
            data-testid={`to-${view}`}
          >
            {t(`investigation.view.${view}`)}
          </Link>
        ))}
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
    <>
      <Candidates row={row} />
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
    </>
  );
}

const withdraw = 'investigation/withdraw_infector_candidate';

/** Who is said to have infected this case; one of them at most is the link. */
function Candidates({ row }: { row: Case }) {
  const { t } = useTranslation();
  const { roles } = useSession();
  const mayRead = ['CDC', 'INV'].some((role) => roles.includes(role));
  const filters = { case_id: row.id, withdrawn: false };
  const query = useList<InfectorCandidate>('investigation/infector_candidates', filters, mayRead, 200);
  const { rows } = joinPages(query.data?.pages ?? []);
  const [open, setOpen] = useState<string>();
  const mayWithdraw = mayRun(withdraw, roles);
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-label={t('investigation.candidates')} data-testid="candidates">
      <h3>{t('investigation.candidates')}</h3>
      <ul>
        {rows.map((one) => (
          <li key={one.id} className="duty-line">
            <AboutLink kind="case" id={one.infector} />
            {row.infector === one.infector ? (
              <Mark tone="good">{t('investigation.is_link')}</Mark>
            ) : (
              mayWithdraw && (
                <button
                  type="button"
                  className="link-button small"
                  aria-expanded={open === one.id}
                  data-testid="withdraw-candidate"
                  onClick={() => setOpen(open === one.id ? undefined : one.id)}
                >
                  {t('op.investigation.withdraw_infector_candidate')}
                </button>
              )
            )}
          </li>
        ))}
      </ul>
      {open && (
        <OperationForm
          key={open}
          operation={withdraw}
          fields={fieldsOf(withdraw, ['candidate'])}
          fixed={{ candidate: open }}
          danger
          onDone={() => setOpen(undefined)}
          onCancel={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}
