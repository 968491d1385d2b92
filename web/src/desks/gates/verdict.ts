/**
 * What follows from what is seen at a gate: the same table as server/desks/gates/verdict.cpp, for a gate that must judge
 * without the server. The server repeats it on upload; tests/golden/gate_verdicts.json holds both to the same answers.
 */
export type HealthCode = 'green' | 'yellow' | 'red';
export type TravelCode = 'clear' | 'starred';
export type Verdict = 'pass' | 'second_check' | 'fever_clinic' | 'red_channel';
export type Reason =
  | 'no_code'
  | 'no_travel_code'
  | 'yellow_code'
  | 'travel_star'
  | 'no_temperature'
  | 'certificate_missing'
  | 'certificate_expired'
  | 'snapshot_old'
  | 'fever'
  | 'red_code'
  | 'key_region'
  | 'on_control_list'
  | 'not_classed';

/** Absent or null: nobody asked, nobody answered. */
export interface Observed {
  health?: HealthCode | null;
  travel?: TravelCode | null;
  /** °C */
  temperature?: number | null;
  /** hours since the sample of the last negative */
  certificate_age?: number | null;
  key_region: boolean;
  on_control_list: boolean;
  not_classed: boolean;
  /** minutes; only when judged by a snapshot */
  snapshot_age?: number | null;
}

/** As the snapshot carries them; absent or null: no such rule here and now. */
export interface GateRules {
  fever_c?: number | null;
  health_code: boolean;
  travel_code: boolean;
  stars: boolean;
  certificate_h?: number | null;
  snapshot_min?: number | null;
}

export interface Judged {
  verdict: Verdict;
  reasons: Reason[];
}

/** Mildest first. */
export const verdicts: readonly Verdict[] = ['pass', 'second_check', 'fever_clinic', 'red_channel'];

const grave: readonly Reason[] = ['red_code', 'key_region', 'on_control_list', 'not_classed'];

const least = (reason: Reason): Verdict =>
  reason === 'fever' ? 'fever_clinic' : grave.includes(reason) ? 'red_channel' : 'second_check';

const known = <T>(value: T | null | undefined): value is T => value !== undefined && value !== null;

export function judge(o: Observed, rules: GateRules): Judged {
  const fever = rules.fever_c;
  const limit = rules.certificate_h;
  const found: [boolean, Reason][] = [
    [rules.health_code && !known(o.health), 'no_code'],
    [rules.travel_code && !known(o.travel), 'no_travel_code'],
    [rules.health_code && o.health === 'yellow', 'yellow_code'],
    [rules.travel_code && rules.stars && o.travel === 'starred', 'travel_star'],
    [known(fever) && !known(o.temperature), 'no_temperature'],
    [known(limit) && !known(o.certificate_age), 'certificate_missing'],
    [known(limit) && known(o.certificate_age) && o.certificate_age > limit, 'certificate_expired'],
    [
      known(o.snapshot_age) && known(rules.snapshot_min) && o.snapshot_age > rules.snapshot_min,
      'snapshot_old',
    ],
    [known(fever) && known(o.temperature) && o.temperature >= fever, 'fever'],
    [rules.health_code && o.health === 'red', 'red_code'],
    [o.key_region, 'key_region'],
    [o.on_control_list, 'on_control_list'],
    [o.not_classed, 'not_classed'],
  ];
  const reasons = found.filter(([holds]) => holds).map(([, reason]) => reason);
  const gravest = Math.max(0, ...reasons.map((reason) => verdicts.indexOf(least(reason))));
  return { verdict: verdicts[gravest] ?? 'pass', reasons };
}

/** Never let pass, whoever decides. */
export const forbidsPassing = (verdict: Verdict): boolean =>
  verdict === 'fever_clinic' || verdict === 'red_channel';
