/** Who is in the room, each one press away from the sheet of that person. */
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { QuarantineRoom, Stay } from '@/api/rows';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import { Countdown } from '@/ui/Countdown';
import { AboutLink } from '@/ui/DutyPane';
import { stayTones } from './columns';

export function RoomBelow({ row }: { row: QuarantineRoom }) {
  const { t } = useTranslation();
  const inside = row.stays ?? [];
  const query = useWhole<Stay>(
    'isolation/stays',
    { state: 'observing,out_closed_loop,absconded' },
    inside.length > 0,
  );
  if (inside.length === 0) return null;
  return (
    <section className="card" aria-label={t('isolation.inside')}>
      <h3>{t('isolation.inside')}</h3>
      <ul>
        {query.rows
          .filter((one) => inside.includes(one.id))
          .map((one) => (
            <li key={one.id} className="duty-line">
              <AboutLink kind="stay" id={one.id}>
                <PersonWords card={query.persons[one.person]} id={one.person} />
              </AboutLink>
              <ChoiceMark set="stay_state" value={one.state} tones={stayTones} />
              {one.next_check && (
                <span>
                  {t('field.next_check')} <Countdown dueAt={one.next_check} />
                </span>
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
