/** The desks that exist, in the order of the header, and who sees which. */
import type { Session } from '@/api/session';
import type { Desk } from '@/ui/desk/types';

export const desks: Record<string, () => Promise<{ default: Desk }>> = {
  mine: () => import('@/desks/mine'),
  hospitals: () => import('@/desks/hospitals'),
  screening: () => import('@/desks/screening'),
  rounds: () => import('@/desks/rounds'),
  investigation: () => import('@/desks/investigation'),
  cooperation: () => import('@/desks/cooperation'),
  isolation: () => import('@/desks/isolation'),
  gates: () => import('@/desks/gates'),
  transport: () => import('@/desks/transport'),
  reporting: () => import('@/desks/reporting'),
  command: () => import('@/desks/command'),
  supervision: () => import('@/desks/supervision'),
  system: () => import('@/desks/system'),
};

interface Place {
  /** The server's desk whose operations it shows, where the name differs. */
  of?: string;
  /** Who works at it; without: whom the server says. */
  roles?: string[];
  /** Of these roles only people of these kinds of unit. */
  units?: Record<string, string[]>;
  /** Whose part of the work has a desk of its own: they see this one only for another of their roles. */
  elsewhere?: string[];
}

const places: Record<string, Place> = {
  mine: { of: 'isolation', roles: ['GRID'] },
  transport: { of: 'isolation', roles: ['TRN'] },
  cooperation: {
    of: 'investigation',
    roles: ['CDC', 'INV', 'DO', 'DL', 'CMD', 'HA', 'POL', 'FRP'],
    // Of the heads of units, those of townships: their lists are settled there.
    units: { FRP: ['township'] },
  },
  // 轮次台: those who order rounds, keep points, look for the missing.
  rounds: { of: 'screening', roles: ['CMD', 'DO', 'DL', 'HA', 'CDC', 'FRP', 'GRID', 'SMP'] },
  isolation: { elsewhere: ['GRID', 'TRN'] },
  investigation: { elsewhere: ['GRID', 'FRP', 'POL', 'QM', 'QD', 'TRN'] },
  // 系统 is the administrator's and the CDC's (people are merged there).
  system: { roles: ['ADM', 'AUD', 'CDC'] },
};

/** Where a role begins its day. */
const homes: [string, string[]][] = [
  ['command', ['DO', 'DL', 'CMD']],
  ['hospitals', ['NUR', 'DOC', 'SMP']],
  ['screening', ['LAB', 'LAA', 'COU']],
  ['investigation', ['CDC', 'INV']],
  ['gates', ['GK']],
  ['isolation', ['QM', 'QD']],
  ['transport', ['TRN']],
  ['mine', ['GRID']],
  ['reporting', ['HA', 'FRP']],
  ['supervision', ['INS']],
  ['system', ['ADM', 'AUD']],
];

export function homeDesk(session: Session): string | undefined {
  const mine = desksFor(session);
  const home = homes.find(
    ([name, roles]) => mine.includes(name) && roles.some((role) => session.roles.includes(role)),
  );
  return home?.[0] ?? mine[0];
}

/** The server says at which of its desks a role has work; some of them are several desks on the screen. */
export function desksFor(session: Pick<Session, 'roles' | 'desks' | 'unit'>): string[] {
  return Object.keys(desks).filter((name) => {
    const { of = name, roles, units, elsewhere } = places[name] ?? {};
    const isKnown = name === 'system' || session.desks.includes(of);
    const isMine =
      roles?.some(
        (role) => session.roles.includes(role) && (units?.[role]?.includes(session.unit.kind) ?? true),
      ) ?? true;
    const hasMore = session.roles.some((role) => !elsewhere?.includes(role));
    return isKnown && isMine && hasMore;
  });
}
