/** What was found of a box: each tube is here, missing, or here and not fit to be tested. Pure; tested beside. */
export const rejectReasons = ['leaking', 'unlabelled', 'empty', 'wrong_temperature', 'too_old'] as const;
export type Found = 'here' | 'missing' | (typeof rejectReasons)[number];

interface Listed {
  id: string;
}

export function countOf(
  tubes: readonly Listed[],
  found: Record<string, Found>,
): { seen: number; left: number } {
  const seen = tubes.filter((tube) => found[tube.id] === 'here').length;
  return { seen, left: tubes.filter((tube) => found[tube.id] === undefined).length };
}

export function intakeBody(box: string, tubes: readonly Listed[], found: Record<string, Found>) {
  const isReason = (as: Found | undefined): as is (typeof rejectReasons)[number] =>
    as !== undefined && as !== 'here' && as !== 'missing';
  return {
    box,
    missing: tubes.filter((tube) => found[tube.id] === 'missing').map((tube) => tube.id),
    rejected: tubes.flatMap((tube) => {
      const as = found[tube.id];
      return isReason(as) ? [{ tube: tube.id, reason: as }] : [];
    }),
  };
}
