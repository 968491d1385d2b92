/** What stands beside the desks: duties, notices, boards, people, rules. */
import type { components, paths } from './generated/schema';

type Schemas = components['schemas'];

export type PersonCard = Schemas['PersonCard'];
export type DutyRow = Schemas['DutyRow'];
export type Notice = Schemas['NoticeRow'];
export type Why = Schemas['Why'];
export type ClockBoard = Schemas['ClockBoard'];
export type SearchHit = Schemas['SearchHit'];
/** Besides these: a list for each desk that knows the person. */
export type PersonPage = Pick<Schemas['PersonPage'], 'id' | 'identity'> & Record<string, unknown>;
export type Identity = Schemas['Identity'];
export type Purpose = Schemas['Purpose'];
export type Session = Schemas['Session'];

type Told<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } };
}
  ? Answer
  : never;
/** Who was together with a case, and who could have infected it. */
export type Trace = Told<'/v1/investigation/trace'>;
export type Met = NonNullable<Trace['ring1']>['rows'][number];
export type LostControl = Told<'/v1/isolation/lost_control'>;
export type LostLine = LostControl['lines'][number];
export type CaseReport = Told<'/v1/investigation/report'>;

/** One row of a value's history: what an edition or a place states. */
export interface RuleValueRow {
  profile?: string;
  state?: string;
  value?: unknown;
  unit?: string;
  in_force_from?: string;
  in_force_to?: string;
  jurisdiction?: number;
  source?: string;
  evidence?: string;
}

export interface RuleEntry extends Omit<Schemas['RuleEntry'], 'history' | 'value'>, RuleValueRow {
  history?: RuleValueRow[];
  note?: string;
  /** File and line of the entry, and the rulebook's version. */
  where?: string;
  version?: string;
}
