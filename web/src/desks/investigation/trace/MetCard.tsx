/** One person of a trace: how long, where, when; the evidence of each meeting; and what to do with it. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRun } from '@/api/catalogue';
import type { Case, Contact } from '@/api/rows';
import { useSession } from '@/api/session';
import type { Met, PersonCard } from '@/api/views';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import { AboutLink } from '@/ui/DutyPane';
import { Mark } from '@/ui/Mark';
import { formatMoment, toInstant } from '@/ui/time';
import { MeetingTable } from './MeetingTable';
import { LinkInfector, NameContact } from './MetForms';
import { placeWords, type Ring } from './trace';

export interface Known {
  /** The case that is traced. */
  row: Case;
  /** Its contacts, and all cases, by person. */
  contacts: Map<string, Contact>;
  cases: Map<string, Case>;
  persons: Record<string, PersonCard>;
}

interface Props {
  met: Met;
  ring: Ring;
  known: Known;
}

export function MetCard({ met, ring, known }: Props) {
  const { t } = useTranslation();
  const [isEvidence, setEvidence] = useState(false);
  const place = met.place ? placeWords(met.place) : undefined;
  return (
    <li className="stop" data-testid="met">
      <span className="stop-time mono small">
        {formatMoment(toInstant(met.exposure_from))}
        <br />
        {formatMoment(toInstant(met.exposure_until))}
      </span>
      <div className="stop-body">
        <strong>
          <PersonWords card={known.persons[met.person]} id={met.person} />
        </strong>
        <span className="small">
          {t('trace.together', { longest: met.longest_min, total: met.total_min, n: met.meetings })}
        </span>
        {place && (
          <span className="quiet small">
            {place.service ? t('trace.service', { service: place.service, day: place.day }) : place.place}
          </span>
        )}
        <Standing met={met} ring={ring} known={known} />
        <button
          type="button"
          className="link-button"
          aria-expanded={isEvidence}
          data-testid="evidence"
          onClick={() => setEvidence(!isEvidence)}
        >
          {t(isEvidence ? 'trace.hide_evidence' : 'trace.evidence', { n: met.evidence.length })}
        </button>
        {isEvidence && <MeetingTable met={met} persons={known.persons} />}
      </div>
    </li>
  );
}

/** What is known of the person already, or what may be done. */
function Standing({ met, ring, known }: Props) {
  const { t } = useTranslation();
  const { roles } = useSession();
  const [isOpen, setOpen] = useState(false);
  const contact = known.contacts.get(met.person);
  const otherCase = known.cases.get(met.person);
  const close = () => setOpen(false);
  if (ring === 'sources') {
    if (known.row.infector && known.row.infector === met.case_id)
      return <Mark tone="good">{t('trace.linked')}</Mark>;
    if (!met.case_id || known.row.infector || !mayRun('investigation/link_infector', roles)) return null;
    return isOpen ? (
      <LinkInfector caseId={known.row.id} infector={met.case_id} close={close} />
    ) : (
      <Button size="small" type="primary" data-testid="link" onClick={() => setOpen(true)}>
        {t('op.investigation.link_infector')}
      </Button>
    );
  }
  if (contact)
    return (
      <span className="tally">
        <AboutLink kind="contact" id={contact.id}>
          {t('trace.named')}
        </AboutLink>
        {contact.class && <ChoiceMark set="class" value={contact.class} />}
        <ChoiceMark set="contact_state" value={contact.state} />
      </span>
    );
  if (otherCase) return <Mark tone="info">{t('trace.is_case')}</Mark>;
  if (!mayRun('investigation/name_contacts', roles)) return null;
  // Whoever met a contact is named through that contact, who must have been named first.
  const via =
    ring === 'ring2' ? met.evidence.map((one) => known.contacts.get(one.with)).find(Boolean) : undefined;
  if (ring === 'ring2' && !via) return <span className="quiet small">{t('trace.via_first')}</span>;
  return isOpen ? (
    <NameContact caseId={known.row.id} met={met} via={via?.id} close={close} />
  ) : (
    <Button size="small" type="primary" data-testid="name" onClick={() => setOpen(true)}>
      {t('trace.name')}
    </Button>
  );
}
