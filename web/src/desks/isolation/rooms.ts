/** Rooms as people speak of them: by floor, then by number as numbers go. Pure; tested beside. */
import type { QuarantineRoom } from '@/api/rows';
import type { Tone } from '@/ui/Mark';

export const roomStates = ['clean', 'occupied', 'to_disinfect', 'disinfected'] as const;
export const roomTones: Record<string, Tone> = {
  clean: 'good',
  occupied: 'info',
  to_disinfect: 'warning',
  disinfected: 'warning',
};

type Room = Pick<QuarantineRoom, 'id' | 'number' | 'floor' | 'state'>;

const order = new Intl.Collator('zh-CN', { numeric: true });

export function byFloor<One extends Room>(rooms: One[]): { floor: string; items: One[] }[] {
  const floors = new Map<string, One[]>();
  for (const room of rooms) {
    const floor = room.floor ?? '';
    const items = floors.get(floor);
    if (items) items.push(room);
    else floors.set(floor, [room]);
  }
  return [...floors]
    .sort(([a], [b]) => order.compare(a, b))
    .map(([floor, items]) => ({ floor, items: items.sort((a, b) => order.compare(a.number, b.number)) }));
}

export function countStates(rooms: Room[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const room of rooms) counts[room.state] = (counts[room.state] ?? 0) + 1;
  return counts;
}

/** The room of a number, as read from a door or typed: full-width digits and case do not matter. */
export function roomOf<One extends Room>(rooms: One[], typed: string): One | undefined {
  const plain = (text: string) => text.normalize('NFKC').trim().toUpperCase();
  const wanted = plain(typed);
  return wanted ? rooms.find((room) => plain(room.number) === wanted) : undefined;
}
