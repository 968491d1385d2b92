/** What a site owes besides rooms: staff, sewage, care of the mind, and looking who may have infected whom under its roof. */
import type {
  Counselling,
  CrossExposure,
  MeasureConflict,
  QuarantineSite,
  SiteUpkeep,
  Stay,
} from '@/api/rows';
import type { Action } from '@/ui/desk/types';

const theSite = (row: { id: string }) => ({ site: row.id });
const chlorine = { chlorine_mg_l: { unit: 'mg/L' } };

export const upkeepActions: Action<SiteUpkeep>[] = [
  {
    operation: 'isolation/redose_sewage',
    when: (row) => row.sewage === 'out_of_range',
    fixed: theSite,
    primary: true,
  },
  { operation: 'isolation/record_sewage', fixed: theSite, fields: chlorine, primary: true },
  {
    operation: 'isolation/discharge_sewage',
    when: (row) => row.sewage === 'in_range',
    fixed: theSite,
    review: true,
  },
  {
    operation: 'isolation/record_staffed',
    when: (row) => row.ordered > 0,
    fixed: theSite,
    initial: (row) => ({ rooms: row.staffed }),
  },
  {
    operation: 'isolation/order_site_opening',
    fixed: theSite,
    initial: (row) => ({ rooms: row.ordered || undefined }),
    review: true,
  },
];

/** Of a site nothing is recorded of yet, besides its rooms. */
export const newUpkeepActions: Action<QuarantineSite>[] = [
  { operation: 'isolation/record_sewage', when: (row) => row.open, fixed: theSite, fields: chlorine },
  { operation: 'isolation/record_staffed', when: (row) => row.open, fixed: theSite },
];

export const openingAction: Action<undefined> = {
  operation: 'isolation/order_site_opening',
  order: ['site', 'rooms'],
  review: true,
};

const ofStay = (row: Counselling) => ({ stay: row.stay });
const isAt =
  (...states: string[]) =>
  (row: Counselling) =>
    states.includes(row.state);

export const counsellingActions: Action<Counselling>[] = [
  { operation: 'isolation/hand_over_crisis', when: isAt('crisis'), fixed: ofStay, primary: true },
  {
    key: 'isolation.begin_counselling',
    operation: 'isolation/move_counselling',
    when: isAt('offered'),
    fixed: (row) => ({ ...ofStay(row), state: 'in_care' }),
    primary: true,
  },
  {
    key: 'isolation.decline_counselling',
    operation: 'isolation/move_counselling',
    when: isAt('offered'),
    fixed: (row) => ({ ...ofStay(row), state: 'declined' }),
  },
  {
    key: 'isolation.end_counselling',
    operation: 'isolation/move_counselling',
    when: isAt('in_care', 'handed_over'),
    fixed: (row) => ({ ...ofStay(row), state: 'closed' }),
    primary: true,
  },
  {
    operation: 'isolation/screen_counselling',
    when: isAt('not_needed', 'offered', 'declined', 'closed', 'handed_over'),
    fixed: ofStay,
  },
  {
    operation: 'isolation/report_crisis',
    when: (row) => row.state !== 'crisis',
    fixed: ofStay,
    danger: true,
  },
];

export const crossExposureActions: Action<CrossExposure>[] = [
  {
    operation: 'isolation/assess_cross_exposure',
    when: (row) => row.open,
    fixed: (row) => ({ assessment: row.id }),
    primary: true,
  },
];

export const conflictActions: Action<MeasureConflict>[] = [
  {
    operation: 'isolation/settle_conflict',
    when: (row) => row.open,
    fixed: (row) => ({ conflict: row.id }),
    primary: true,
  },
];

const inside = (row: Stay) =>
  ['observing', 'out_closed_loop'].includes(row.state) && row.regime === 'central';

/** Seen at the site, of somebody who stays there. */
export const seenActions: Action<Stay>[] = [
  {
    operation: 'isolation/report_crisis',
    when: inside,
    fixed: (row) => ({ stay: row.id }),
    danger: true,
  },
  {
    operation: 'isolation/report_visit',
    when: inside,
    fixed: (row) => ({ stay: row.id }),
  },
];
