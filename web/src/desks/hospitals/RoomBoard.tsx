/** Every room of the fever clinic at a glance: who is in it, which are free, which lane. */
import { useTranslation } from 'react-i18next';
import { joinPages, useList } from '@/api/queries';
import type { Encounter, Room } from '@/api/rows';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import { Countdown } from '@/ui/Countdown';
import type { BoardProps } from '@/ui/desk/types';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { encounterTones } from './columns';
import { useRooms } from './RoomNumber';

const tones = { free: 'good', occupied: 'warning', closed: 'plain', to_disinfect: 'warning' } as const;

export function RoomBoard({ selected, select }: BoardProps) {
  const { t } = useTranslation();
  const { query, rooms } = useRooms();
  const inside = useList<Encounter>('hospitals/encounters', {}, true, 200);
  const { rows: encounters, persons } = joinPages(inside.data?.pages ?? []);
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  if (rooms.length === 0)
    return <Empty title={t('hospitals.empty.rooms')}>{t('hospitals.empty.rooms_hint')}</Empty>;
  const byNumber = [...rooms].sort((a, b) => a.number - b.number);
  const free = rooms.filter((room) => room.state === 'free').length;
  return (
    <>
      <p className="filters">
        <Mark tone={free === 0 ? 'error' : 'good'}>
          {t('hospitals.free_rooms', { n: free, of: rooms.length })}
        </Mark>
      </p>
      <ul className="rooms">
        {byNumber.map((room) => {
          const encounter = encounters.find((one) => one.id === room.encounter);
          return (
            <li key={room.id}>
              <button
                type="button"
                className="room"
                data-selected={selected === room.id}
                data-testid={`room-${room.number}`}
                onClick={() => select(room.id)}
              >
                <RoomFace room={room} />
                {encounter && (
                  <div>
                    <PersonWords card={persons[encounter.person ?? '']} id={encounter.person ?? ''} />
                    <div>
                      <ChoiceMark set="encounter_state" value={encounter.state} tones={encounterTones} />
                    </div>
                    {encounter.hold_until && encounter.state === 'awaiting' && (
                      <Countdown dueAt={encounter.hold_until} />
                    )}
                  </div>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function RoomFace({ room }: { room: Room }) {
  const { t } = useTranslation();
  return (
    <div className="duty-line">
      <b>{room.number}</b>
      <span>
        {room.red_lane && <Mark tone="error">{t('field.red_lane')}</Mark>}{' '}
        <ChoiceMark set="room_state" value={room.state} tones={tones} />
      </span>
    </div>
  );
}
