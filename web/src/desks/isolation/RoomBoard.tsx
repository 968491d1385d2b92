/** Every room of the site at a glance, floor by floor: who is in it until when, which are clean, which wait for a hand. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { QuarantineRoom, Stay } from '@/api/rows';
import { CardBoard } from '@/ui/CardBoard';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import type { BoardProps } from '@/ui/desk/types';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Late, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';
import { DoorScan } from './DoorScan';
import { byFloor, countStates, roomStates, roomTones } from './rooms';

export function RoomBoard({ selected, select }: BoardProps) {
  const { t } = useTranslation();
  const rooms = useWhole<QuarantineRoom>('isolation/rooms');
  const stays = useWhole<Stay>('isolation/stays', { state: 'observing,out_closed_loop,absconded' });
  const [only, setOnly] = useState<string>();
  const byId = useMemo(() => new Map(stays.rows.map((one) => [one.id, one])), [stays.rows]);
  const counts = useMemo(() => countStates(rooms.rows), [rooms.rows]);
  const groups = useMemo(
    () =>
      byFloor(rooms.rows.filter((room) => !only || room.state === only)).map(({ floor, items }) => ({
        key: floor,
        title: floor ? t('isolation.floor', { floor, n: items.length }) : t('isolation.no_floor'),
        items,
      })),
    [rooms.rows, only, t],
  );
  const retry = () => void rooms.refetch();
  if (rooms.isPending) return <Loading />;
  if (rooms.isError && rooms.rows.length === 0)
    return <Failed failure={failureIn(rooms.error)} retry={retry} />;
  if (rooms.rows.length === 0)
    return <Empty title={t('isolation.empty.rooms')}>{t('isolation.empty.rooms_hint')}</Empty>;
  return (
    <>
      {rooms.isError && rooms.asOf && <Late asOf={formatMoment(toInstant(rooms.asOf))} retry={retry} />}
      <DoorScan rooms={rooms.rows} select={select} />
      <div className="filters" role="group" aria-label={t('isolation.by_state')}>
        {roomStates.map((state) => (
          <button
            key={state}
            type="button"
            className="toggle"
            aria-pressed={only === state}
            data-testid={`rooms-${state}`}
            onClick={() => setOnly(only === state ? undefined : state)}
          >
            <Mark tone={roomTones[state]}>
              {t(`choice.quarantine_room_state.${state}`)} {counts[state] ?? 0}
            </Mark>
          </button>
        ))}
        <span className="quiet small" role="status">
          {rooms.isWhole ? t('isolation.rooms_in_all', { n: rooms.rows.length }) : t('state.loading')}
        </span>
      </div>
      <CardBoard
        groups={groups}
        keyOf={(room) => room.id}
        rowHeight={100}
        minWidth={150}
        label={t('isolation.view.rooms')}
        selected={selected}
        select={select}
        testId={(room) => `room-${room.number}`}
      >
        {(room) => <RoomFace room={room} byId={byId} persons={stays.persons} />}
      </CardBoard>
    </>
  );
}

interface FaceProps {
  room: QuarantineRoom;
  byId: Map<string, Stay>;
  persons: ReturnType<typeof useWhole<Stay>>['persons'];
}

function RoomFace({ room, byId, persons }: FaceProps) {
  const { t } = useTranslation();
  const inside = (room.stays ?? []).flatMap((id) => byId.get(id) ?? []);
  const first = inside[0];
  return (
    <>
      <span className="duty-line">
        <b>{room.number}</b>
        <ChoiceMark set="quarantine_room_state" value={room.state} tones={roomTones} />
      </span>
      {first && (
        <>
          <span className="one-line">
            <PersonWords card={persons[first.person]} id={first.person} />
            {inside.length > 1 && <b> +{inside.length - 1}</b>}
          </span>
          <span className="quiet small one-line">
            {t('isolation.until', { at: formatMoment(toInstant(first.ends_at)) })}
          </span>
        </>
      )}
      {!first && room.since && room.state !== 'clean' && (
        <span className="quiet small one-line">
          {t('isolation.since', { at: formatMoment(toInstant(room.since)) })}
        </span>
      )}
    </>
  );
}
