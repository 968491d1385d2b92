/** The evidence of a pair, meeting by meeting: where, when, how long, in which seats, and how we know of each side. */
import { useTranslation } from 'react-i18next';
import type { Met, PersonCard } from '@/api/views';
import { PersonWords } from '@/ui/cells';
import { formatMoment, toInstant } from '@/ui/time';
import { placeWords } from './trace';

type Meeting = Met['evidence'][number];
const heads = ['with', 'place', 'from', 'until', 'minutes', 'seats', 'known_by'] as const;

export function MeetingTable({ met, persons }: { met: Met; persons: Record<string, PersonCard> }) {
  const { t } = useTranslation();
  const head = (name: (typeof heads)[number]) => t(`trace.head.${name}`);
  return (
    <table className="list" data-testid="meetings">
      <caption className="only-read">{t('trace.evidence', { n: met.evidence.length })}</caption>
      <thead>
        <tr>
          {heads.map((name) => (
            <th key={name} scope="col">
              {head(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {met.evidence.map((one) => (
          <tr key={`${one.with}${one.place}${one.from}`}>
            <td data-head={head('with')}>
              <PersonWords card={persons[one.with]} id={one.with} />
            </td>
            <td data-head={head('place')}>
              <Place name={one.place} />
            </td>
            <td data-head={head('from')}>{formatMoment(toInstant(one.from))}</td>
            <td data-head={head('until')}>{formatMoment(toInstant(one.until))}</td>
            <td data-head={head('minutes')}>{t('trace.minutes', { n: one.minutes })}</td>
            <td data-head={head('seats')}>
              <Seats one={one} />
            </td>
            <td data-head={head('known_by')}>
              {t(`choice.known_by.${one.known_by}`)} / {t(`choice.known_by.${one.contact_known_by}`)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Place({ name }: { name: string }) {
  const { t } = useTranslation();
  const { service, day, place } = placeWords(name);
  return <>{service ? t('trace.service', { service, day }) : place}</>;
}

/** `2 / 5` of row and row; a carriage or room before it; nothing where neither seat is known. */
function Seats({ one }: { one: Meeting }) {
  const { t } = useTranslation();
  if (!one.seat && !one.contact_seat) return null;
  const words = (seat: Meeting['seat']) =>
    seat
      ? [
          seat.section > 0 ? t('trace.section', { n: seat.section }) : '',
          seat.row > 0 ? t('trajectory.row', { row: seat.row }) : '',
        ]
          .filter(Boolean)
          .join(' ')
      : '?';
  return (
    <>
      {words(one.seat)} / {words(one.contact_seat)}
    </>
  );
}
