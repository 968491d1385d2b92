import type { Box, Laboratory, PlateRow, ReagentLot, Tube } from '@/api/rows';
import { makeCode } from '@/fields/codes';
import { pathogenField } from '@/fields/pathogens';
import type { Action } from '@/ui/desk/types';
import type { FieldView, Values } from '@/ui/form/fields';
import { fillPlate, readingColumns, readingOf } from './plate';
import { heldIn } from './holds';
import { ReceiveBoxForm } from './ReceiveBoxForm';
import { ResampleForm } from './ResampleForm';

const tube = (row: Tube) => ({ tube: row.id });
const inState =
  (...states: string[]) =>
  (row: Tube) =>
    states.includes(row.state);

/** The usual targets stand ready; one that crossed no threshold stays blank. */
const genes: FieldView[] = [
  { name: 'gene', kind: 'text' },
  { name: 'ct', kind: 'number' },
];

const runTest: Action<Tube> = {
  operation: 'screening/start_test',
  fixed: tube,
  omit: ['mixed_with'],
  initial: () => ({ reagent_lot: sessionStorage.getItem('fx.reagent_lot') ?? '' }),
  order: ['reagent_lot'],
  prepare: (body) => {
    sessionStorage.setItem('fx.reagent_lot', String(body.reagent_lot)); // the next tube of the run has the same lot
    return Promise.resolve({ kind: 'ok', value: body });
  },
};

/** In the order of a tube's way; the first of a state is what is usually done next. */
export const tubeActions: Action<Tube>[] = [
  {
    operation: 'screening/link_person',
    when: inState('printed', 'open'),
    fixed: tube,
    // Of a tube of a round the round is known; where and whom it concerns the sampling app says.
    omit: ['encounter', 'resample_of', 'round', 'point', 'township', 'building'],
    primary: true,
  },
  { operation: 'screening/seal_tube', when: inState('open'), fixed: tube, primary: true },
  {
    operation: 'screening/receive_tube',
    when: inState('in_transit', 'sealed'),
    fixed: tube,
    omit: ['condition'],
    primary: true,
  },
  { ...runTest, when: inState('received'), primary: true },
  {
    operation: 'screening/reject_tube',
    when: inState('in_transit', 'sealed', 'received'),
    fixed: tube,
    danger: true,
  },
  {
    operation: 'screening/record_result',
    when: inState('testing'),
    fixed: tube,
    initial: () => ({ control_valid: true, ct: [{ gene: 'ORF1ab' }, { gene: 'N' }] }),
    fields: { ct: { columns: genes } },
    order: ['result', 'control_valid', 'ct'],
    prepare: (body) => Promise.resolve({ kind: 'ok', value: { ...body, ct: measured(body.ct) } }),
    primary: true,
  },
  {
    // Not filled in from the tester's reading: the second person reads for himself.
    operation: 'screening/authorise_result',
    when: inState('provisional'),
    fixed: tube,
    primary: true,
  },
  // From the same specimen, before anybody has signed.
  { ...runTest, key: 'screening.test_again', when: inState('provisional') },
  {
    operation: 'screening/amend_result',
    when: inState('authorised', 'amended'),
    fixed: tube,
    review: true,
    danger: true,
  },
  {
    operation: 'screening/correct_link',
    when: inState('open'),
    fixed: tube,
    omit: ['encounter'],
    initial: (row) => ({ wrong: row.person }),
  },
  { operation: 'screening/void_tube', when: inState('printed'), fixed: tube, danger: true },
  {
    operation: 'screening/report_duplicate',
    when: (row) => !row.duplicate && inState('received', 'testing', 'provisional')(row),
    fixed: tube,
    danger: true,
  },
  {
    operation: 'screening/settle_duplicate',
    when: (row) => row.duplicate === true,
    fixed: tube,
    primary: true,
  },
  { operation: 'screening/declare_lost', when: inState('sealed', 'in_transit'), fixed: tube, danger: true },
];

/** Genes without a Ct value crossed no threshold; they are not sent. */
function measured(rows: unknown): Values[] {
  return Array.isArray(rows) ? (rows as Values[]).filter((row) => row.ct !== undefined) : [];
}

/** A held person's own single. */
export const holdActions: Action<Tube>[] = [
  {
    key: 'screening.resample',
    operation: 'screening/link_person',
    when: (row) => heldIn([row], []).some((one) => !one.resampled),
    form: ResampleForm,
    primary: true,
  },
];

const stateIn =
  (...states: string[]) =>
  (row: { state: string }) =>
    states.includes(row.state);

export const boxActions: Action<Box>[] = [
  {
    operation: 'screening/receive_box',
    when: stateIn('in_transit', 'part_received'),
    form: ReceiveBoxForm,
    primary: true,
  },
  {
    operation: 'screening/declare_box_lost',
    when: stateIn('in_transit', 'part_received'),
    fixed: (row) => ({ box: row.id }),
    danger: true,
    review: true,
  },
];

const plate = (row: PlateRow) => ({ plate: row.id });

export const plateActions: Action<PlateRow>[] = [
  {
    // Most wells read the same: the others are named.
    operation: 'screening/read_plate',
    when: stateIn('loaded'),
    fixed: plate,
    initial: () => ({ control_valid: true }),
    fields: {
      wells: {
        columns: readingColumns,
      },
    },
    wide: true,
    order: ['control_valid', 'others', 'wells'],
    prepare: (body) =>
      Promise.resolve({
        kind: 'ok',
        value: { ...body, wells: ((body.wells ?? []) as Values[]).map(readingOf) },
      }),
    primary: true,
  },
  {
    operation: 'screening/authorise_plate',
    when: stateIn('read'),
    fixed: plate,
    fields: {
      held_back: {
        kind: 'ids',
        from: {
          path: 'screening/tubes',
          filters: { state: 'provisional' },
          value: 'id',
          label: (row) => `${String(row.well ?? '')} ${String(row.code)}`,
        },
      },
    },
    review: true,
    primary: true,
  },
];

export const laboratoryActions: Action<Laboratory>[] = [
  { operation: 'screening/file_biosafety', primary: true },
  {
    operation: 'screening/accept_laboratory',
    when: stateIn('applied'),
    fixed: (row) => ({ laboratory: row.id }),
    primary: true,
  },
  {
    operation: 'screening/activate_laboratory',
    when: stateIn('accepted'),
    fixed: (row) => ({ laboratory: row.id }),
    primary: true,
  },
  { operation: 'screening/record_eqa', fixed: (row) => ({ laboratory: row.id }) },
  { operation: 'screening/measure_capacity', fixed: (row) => ({ laboratory: row.id }) },
  {
    operation: 'screening/suspend_laboratory',
    when: stateIn('active'),
    fixed: (row) => ({ laboratory: row.id }),
    danger: true,
    review: true,
  },
  {
    operation: 'screening/return_laboratory',
    when: stateIn('suspended'),
    fixed: (row) => ({ laboratory: row.id }),
    review: true,
  },
  {
    operation: 'screening/revoke_laboratory',
    when: stateIn('applied', 'accepted', 'active', 'suspended'),
    fixed: (row) => ({ laboratory: row.id }),
    danger: true,
    review: true,
  },
];

export const lotActions: Action<ReagentLot>[] = [
  {
    operation: 'screening/block_reagent_lot',
    when: (row) => !row.blocked,
    fixed: (row) => ({ code: row.code }),
    danger: true,
  },
];

export const startActions: Action<undefined>[] = [
  {
    // Tubes are put on in the order they are chosen; the server is told which lies where.
    operation: 'screening/load_plate',
    fixed: (_row, kit) => ({ plate: kit.newId() }),
    omit: ['wells'],
    extra: [
      {
        name: 'tubes',
        kind: 'ids',
        required: true,
        from: {
          path: 'screening/tubes',
          filters: { state: 'received' },
          value: 'id',
          label: (row) => String(row.code),
        },
      },
    ],
    initial: () => ({ reagent_lot: sessionStorage.getItem('fx.reagent_lot') ?? '' }),
    order: ['code', 'reagent_lot', 'tubes'],
    prepare: ({ tubes, ...body }) => {
      sessionStorage.setItem('fx.reagent_lot', String(body.reagent_lot));
      const wells = fillPlate((tubes ?? []) as string[]);
      return Promise.resolve(
        wells
          ? { kind: 'ok', value: { ...body, wells } }
          : {
              kind: 'faults',
              faults: [{ path: '/tubes', zh: '一板最多94管', en: 'at most 94 tubes on a plate' }],
            },
      );
    },
  },
  { operation: 'screening/register_reagent_lot' },
  {
    operation: 'screening/apply_laboratory',
    initial: (_row, kit) =>
      kit.session.unit.kind === 'laboratory' ? { laboratory: kit.session.unit.id } : {},
    // Only a third party's is by contract; the server asks for it.
    fields: { contract: { required: false } },
    prepare: (body) => Promise.resolve({ kind: 'ok', value: { contract: '', ...body } }),
  },
  {
    operation: 'screening/box_tubes',
    fixed: (_row, kit) => ({ box: kit.newId() }),
    initial: () => ({ code: makeCode('B') }),
    fields: {
      tubes: {
        kind: 'ids',
        from: {
          path: 'screening/tubes',
          filters: { state: 'sealed' },
          value: 'id',
          label: (row) => String(row.code),
        },
      },
      temperature: { unit: '℃' },
    },
    order: ['tubes', 'lab', 'code', 'temperature'],
    primary: true,
  },
  {
    operation: 'screening/print_tubes',
    omit: ['tubes'],
    extra: [{ name: 'count', kind: 'integer', required: true }],
    fields: {
      pathogen: pathogenField,
      size: { label: 'field.tube_size' },
      round: {
        kind: 'pick',
        from: {
          path: 'screening/rounds',
          filters: { state: 'planned,approved,open' },
          value: 'id',
          label: (row) => String(row.title),
        },
      },
    },
    initial: (_row, kit) => ({
      count: '12',
      size: '1',
      sender: kit.session.unit.id,
      pathogen: 'covid19-cn',
      class: 'fever_clinic',
    }),
    order: ['count', 'size', 'class', 'round', 'pathogen', 'sender'],
    prepare: ({ count, ...body }, _row, kit) => {
      const many = Math.min(96, Math.max(1, Number(count)));
      const tubes = Array.from({ length: many }, () => ({ tube: kit.newId(), code: makeCode('T') }));
      return Promise.resolve({ kind: 'ok', value: { ...body, tubes } });
    },
  },
];
