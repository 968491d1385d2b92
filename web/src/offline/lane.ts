/** What a gate tells beside the check itself: a truck's driver, a traveller of what has just arrived, an emergency. */
import { makeId } from '@/fields/ids';
import type { Deed } from './queue';

/** The truck whose driver was checked. */
export interface Driver {
  plate: string;
  cargo?: string;
}

export const carriages = ['train', 'plane', 'coach', 'ship', 'other'] as const;
export type Carriage = (typeof carriages)[number];

/** What is being emptied at this place now; its people are registered one by one as they come by. */
export interface Landing {
  id: string;
  carriage: Carriage;
  number: string;
}

export const landingKey = 'gate_landing';

export const driverDeed = (home: number, at: number, check: string, driver: Driver): Deed => ({
  operation: 'gates.receive_driver',
  body: {
    truck_run: makeId(home, at),
    check,
    plate: driver.plate,
    ...(driver.cargo ? { cargo: driver.cargo } : {}),
  },
  about: driver.plate,
});

/** @param from the county the traveller comes from, GB/T 2260 */
export function arrivalDeed(
  home: number,
  at: number,
  place: string,
  landing: Landing,
  person: string,
  from: number,
): Deed {
  const { id, carriage, number } = landing;
  return {
    operation: 'gates.register_arrivals',
    body: {
      landing: id,
      place,
      carriage,
      number,
      travellers: [{ arrival: makeId(home, at), person, from }],
    },
    about: number,
  };
}

export const emergencyDeed = (home: number, at: number, gate: string, person: string | undefined): Deed => ({
  operation: 'gates.declare_emergency',
  body: { check: makeId(home, at), gate, ...(person ? { person } : {}) },
});
