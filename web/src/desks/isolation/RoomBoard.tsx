/** Every room of the site at a glance: who is in it until when, which are clean, which wait for a hand. */
import { useTranslation } from 'react-i18next';
import { joinPages, useList } from '@/api/queries';
import type { QuarantineRoom, Stay } from '@/api/rows';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import type { BoardProps } from '@/ui/desk/types';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';

const tones = { clean: 'good', occupied: 'info', to_disinfect: 'warning', disinfected: 'warning' } as const;
const states = ['clean', 'occupied', 'to_disinfect', 'disinfected'] as const;

export function RoomBoard({ selected, select }: BoardProps) {
  const { t } = useTranslation();
  const query = useList<QuarantineRoom>('isolation/rooms', {}, true, 500);
  const inside = useList<Stay>(
    'isolation/stays',
    { state: 'observing,out_closed_loop,absconded' },
    true,
    500,
  );
  const { rows: rooms } = joinPages(query.data?.pages ?? []);
  const { rows: stays, persons } = joinPages(inside.data?.pages ?? []);
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  if (rooms.length === 0)
    return <Empty title={t('isolation.empty.rooms')}>{t('isolation.empty.rooms_hint')}</Empty>;
  const byId = new Map(stays.map((one) => [one.id, one]));
  return (
    <>
      <p className="filters tally">
        {states.map((state) => (
          <Mark key={state} tone={tones[state]}>
            {t(`choice.quarantine_room_state.${state}`)} {rooms.filter((room) => room.state === state).length}
          </Mark>
        ))}
      </p>
      <ul className="rooms">
        {rooms.map((room) => (
          <li key={room.id}>
            <button
              type="button"
              className="room"
              data-selected={selected === room.id}
              data-testid={`room-${room.number}`}
              onClick={() => select(room.id)}
            >
              <div className="duty-line">
                <b>{room.number}</b>
                <ChoiceMark set="quarantine_room_state" value={room.state} tones={tones} />
              </div>
              {(room.stays ?? []).map((id) => {
                const one = byId.get(id);
                return one ? (
                  <div key={id}>
                    <PersonWords card={persons[one.person]} id={one.person} />
                    <div className="quiet small">
                      {t('isolation.until', { at: formatMoment(toInstant(one.ends_at)) })}
                    </div>
                  </div>
                ) : null;
              })}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
