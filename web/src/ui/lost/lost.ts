/** Kinds of lost control, and their order on the screen. Pure; tested beside. */
import type { LostLine } from '@/api/views';

/** 脱管 left control or never arrived · 失管 a check or test not done · 漏管 on a list and under nobody's control. */
export const losses = ['left', 'missed', 'never'] as const;
export type Loss = (typeof losses)[number];

/** Whose time was over first stands first; of one kind only, if asked. */
export function ordered(lines: LostLine[], only: Loss | undefined): LostLine[] {
  return lines
    .filter((line) => !only || line.loss === only)
    .sort((a, b) => Date.parse(a.duty.due_at) - Date.parse(b.duty.due_at));
}
