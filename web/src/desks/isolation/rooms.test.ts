// Without these, room 1002 would stand before 201, and a scanned door could open a neighbour's sheet.
import { describe, expect, it } from 'vitest';
import { byFloor, countStates, roomOf } from './rooms';

const room = (number: string, floor: string, state: 'clean' | 'occupied' = 'clean') => ({
  id: number,
  number,
  floor,
  state,
});

describe('rooms', () => {
  const rooms = [room('1002', '10'), room('201', '2'), room('1001', '10', 'occupied'), room('B3', '')];
  it('stand by floor and number as numbers go', () => {
    expect(byFloor(rooms).map(({ floor, items }) => [floor, items.map((one) => one.number)])).toEqual([
      ['', ['B3']],
      ['2', ['201']],
      ['10', ['1001', '1002']],
    ]);
  });
  it('are counted by state', () => {
    expect(countStates(rooms)).toEqual({ clean: 3, occupied: 1 });
  });
  it('are found by what a door says, and never by a part of it', () => {
    expect(roomOf(rooms, ' １００１ ')?.id).toBe('1001');
    expect(roomOf(rooms, 'b3')?.id).toBe('B3');
    expect(roomOf(rooms, '100')).toBeUndefined();
    expect(roomOf(rooms, ' ')).toBeUndefined();
  });
});
