/** The desks that exist, in the order of the header, and who sees which. */
import type { Session } from '@/api/session';
import type { Desk } from '@/ui/desk/types';

export const desks: Record<string, () => Promise<{ default: Desk }>> = {
  hospitals: () => import('@/desks/hospitals'),
  screening: () => import('@/desks/screening'),
  rounds: () => import('@/desks/rounds'),
  investigation: () => import('@/desks/investigation'),
  isolation: () => import('@/desks/isolation'),
  gates: () => import('@/desks/gates'),
  reporting: () => import('@/desks/reporting'),
  command: () => import('@/desks/command'),
  supervision: () => import('@/desks/supervision'),
  system: () => import('@/desks/system'),
};

/** Where a role begins its day. */
const homes: [string, string[]][] = [
  ['command', ['DO', 'DL', 'CMD']],
  ['hospitals', ['NUR', 'DOC', 'SMP']],
  ['screening', ['LAB', 'LAA', 'COU']],
  ['investigation', ['CDC', 'INV']],
  ['gates', ['GK']],
  ['isolation', ['QM', 'QD', 'TRN', 'GRID']],
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

/** 轮次台 is another table at the screening desk: those who order rounds, keep points, look for the missing. */
const atRounds = ['CMD', 'DO', 'DL', 'HA', 'CDC', 'FRP', 'GRID', 'SMP'];

/** The server says which desks a role works at; 系统 is the administrator's and the CDC's (people are merged there). */
export function desksFor(session: Session): string[] {
  const isKeeper = session.roles.some((role) => role === 'ADM' || role === 'AUD' || role === 'CDC');
  return Object.keys(desks).filter((name) => {
    if (name === 'system') return isKeeper;
    if (name === 'rounds')
      return session.desks.includes('screening') && session.roles.some((role) => atRounds.includes(role));
    return session.desks.includes(name);
  });
}
