/** Rows of the desks' lists, as far as the columns read them. */
export interface Encounter {
  id: string;
  clinic: string;
  hospital: string;
  person?: string | null;
  pathogen: string;
  state: string;
  code: 'green' | 'yellow' | 'red';
  temperature?: number | null;
  history_flag: boolean;
  symptoms?: string[];
  onset_day?: string | null;
  arrived_at: string;
  lane?: string;
  room?: string | null;
  doctor?: string | null;
  tube?: string | null;
  result?: string | null;
  result_at?: string | null;
  hold_until?: string | null;
  at_home: boolean;
  emergency: boolean;
  missing: boolean;
  search_open: boolean;
  resample_due: boolean;
  exit?: string | null;
}

export interface Room {
  id: string;
  clinic: string;
  number: number;
  red_lane: boolean;
  state: 'free' | 'occupied' | 'closed' | 'to_disinfect';
  encounter?: string | null;
}

export interface Clinic {
  id: string;
  hospital: string;
  open: boolean;
  rooms: number;
  occupied: number;
  closed: number;
  to_disinfect: number;
  free: number;
}

export interface Tube {
  id: string;
  code: string;
  size: number;
  state: string;
  class: string;
  pathogen: string;
  encounter?: string | null;
  person?: string | null;
  sender: string;
  lab?: string | null;
  box?: string | null;
  printed_at?: string | null;
  sealed_at?: string | null;
  received_at?: string | null;
  tested_at?: string | null;
  authorised_at?: string | null;
  provisional?: string | null;
  result?: string | null;
  control_valid?: boolean | null;
  ct?: { gene: string; ct: number }[];
  reject_reason?: string | null;
  case_id?: string | null;
}

export interface Box {
  id: string;
  code: string;
  sender: string;
  lab: string;
  state: string;
  tubes?: string[];
}

export interface Case {
  id: string;
  person: string;
  pathogen: string;
  state: string;
  severity?: string | null;
  onset_day?: string | null;
  window_from?: string | null;
  tube?: string | null;
  encounter?: string | null;
  hospital: string;
  clinic?: string | null;
  cdc: string;
  opened_at: string;
  classified_at?: string | null;
  first_of_county: boolean;
  stage: string;
  exclusion_proposed?: boolean;
}

export interface Contact {
  id: string;
  case_id: string;
  person: string;
  kind: string;
  state: string;
  class?: string | null;
  exposure_from?: string | null;
  exposure_until?: string | null;
  place?: string | null;
  is_protected?: boolean;
  judged_at?: string | null;
}

export interface Card {
  id: string;
  case_id: string;
  person: string;
  hospital: string;
  cdc: string;
  state: string;
  class?: string | null;
  version?: number;
  severity?: string | null;
  onset_day?: string | null;
  diagnosis_day?: string | null;
  address_code?: string;
  occupation?: string;
  expected_at: string;
  submitted_at?: string | null;
  passed_at?: string | null;
  withdrawal_proposed: boolean;
}

export interface EventReport {
  id: string;
  case_id: string;
  hospital: string;
  known_at: string;
  reported_at?: string | null;
  reached: string;
  next_unit?: string | null;
  receipts?: { level: string; unit: string; at: string }[];
  phe_reported_at?: string | null;
}

export interface Shift {
  id: string;
  unit: string;
  role: string;
  account?: string | null;
  starts: string;
  ends: string;
  state: string;
}

export interface Account {
  id: string;
  unit: string;
  active: boolean;
}

export interface Colleague {
  account: string;
  name: string;
  unit: string;
  roles: string[];
}

export interface Holding {
  id: string;
  account: string;
  unit: string;
  role: string;
  from: string;
  until?: string | null;
}

export interface Finding {
  id: string;
  unit: string;
  problem: string;
  grade: string;
  state: string;
  due_day?: string | null;
  found_at: string;
}
