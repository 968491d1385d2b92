import { useList } from '@/api/queries';
import type { Room } from '@/api/rows';

export function useRooms() {
  const query = useList<Room>('hospitals/rooms', {}, true, 200);
  return { query, rooms: query.data?.pages.flatMap((page) => page.rows) ?? [] };
}

export function RoomNumber({ id }: { id: string }) {
  const { rooms } = useRooms();
  return <>{rooms.find((room) => room.id === id)?.number ?? '…'}</>;
}
