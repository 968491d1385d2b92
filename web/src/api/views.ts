/** Shapes of what the screens read across desks. */
export interface PersonCard {
  name: string;
  document?: string | null;
  sex?: string | null;
  birth_day?: string | null;
}

export interface Post {
  unit: string;
  role: string;
}

export interface CaseDuty {
  no: string;
  rule: string;
  rule_name?: { zh: string; en: string };
  about: string;
  about_kind: string;
  about_label?: string;
  debtor_unit: string;
  debtor_role: string;
  creditor_unit?: string;
  creditor_role?: string;
  opened_at: string;
  due_at: string;
  state: string;
  met_at?: string | null;
}

export interface Notice {
  no: string;
  duty: string;
  rule: string;
  kind: string;
  about: string;
  about_kind: string;
  about_label?: string;
  rule_name?: { zh: string; en: string };
  unit: string;
  role: string;
  urgent: boolean;
  sent_at: string;
  due_at: string;
  delivered_at?: string | null;
  delivered_by?: string;
  acknowledged_at?: string | null;
}

export interface Why {
  [part: string]: unknown;
}

export interface ClockBoard {
  totals: Record<'opened' | 'discharged' | 'late' | 'open' | 'cancelled' | 'superseded', number>;
  rows: CaseDuty[];
  as_of?: { batch: number; at: string };
}

export interface SearchHit {
  person: string;
  name: string;
  document?: string;
}

export interface PersonPage {
  [part: string]: unknown;
}

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

export interface RuleEntry extends RuleValueRow {
  id: string;
  kind: string;
  name?: { zh: string; en: string };
  meaning?: { zh: string; en: string };
  pathogen?: string;
  history?: RuleValueRow[];
  /** The entry as it stands in the file. */
  text?: string;
}
