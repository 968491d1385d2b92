/** Every kind of lost control, as duties of the rulebook tell it: what is owed, by whom, since when. Pure; tested beside. */
import type { DutyRow } from '@/api/views';

export type Loss = 'left' | 'missed' | 'never';

/** 脱管 left control or a leg that does not arrive · 失管 a check or test not done · 漏管 on a list and under nobody's control. */
export const rulesOf: Record<Loss, string[]> = {
  left: ['OB-F5', 'OB-F3', 'OB-F1'],
  missed: ['OB-F2.check', 'OB-F2.test', 'OB-F8', 'OB-F8.first'],
  never: ['OB-D5'],
};

/** Left control is an alarm from the first minute; anything else when its time is over. */
export function isAlarm(duty: Pick<DutyRow, 'rule' | 'due_at'>, now: number): boolean {
  return duty.rule === 'OB-F5' || Date.parse(duty.due_at) < now;
}

export function lossOf(duty: Pick<DutyRow, 'rule'>): Loss | undefined {
  return (Object.keys(rulesOf) as Loss[]).find((loss) => rulesOf[loss].includes(duty.rule));
}
