import type { FieldView, Values } from '@/ui/form/fields';

/** A plate of 96 wells, filled column by column; the last two hold the controls and never a specimen. */
const rows = 'ABCDEFGH';
const columns = 12;

export const controlWells = ['G12', 'H12'];

export const wellsInOrder: string[] = Array.from({ length: columns }, (_, column) =>
  [...rows].map((row) => `${row}${String(column + 1)}`),
)
  .flat()
  .filter((well) => !controlWells.includes(well));

/** Tubes in the order they are put on the plate; nothing when they do not all fit. */
export function fillPlate(tubes: readonly string[]): { well: string; tube: string }[] | undefined {
  if (tubes.length > wellsInOrder.length) return undefined;
  return tubes.map((tube, at) => ({ well: wellsInOrder[at] ?? '', tube }));
}

/** What an instrument's table may call its columns and its calls; pasted as it was saved. */
export const readingColumns: FieldView[] = [
  { name: 'well', kind: 'text', aliases: ['孔', '孔位', 'Well', 'Well Position', 'Pos'] },
  {
    name: 'result',
    kind: 'choice',
    choices: ['negative', 'positive', 'grey', 'invalid'],
    aliases: ['结果', '判读', 'Result', 'Call', 'Interpretation'],
    choiceAliases: {
      negative: ['阴性', 'Neg', 'Not detected', '-'],
      positive: ['阳性', 'Pos', 'Detected', '+'],
      grey: ['可疑', '灰区', 'Inconclusive', '+/-'],
      invalid: ['无效', 'Fail', 'Undetermined'],
    },
  },
  {
    name: 'ct_orf1ab',
    kind: 'number',
    label: 'screening.ct_orf1ab',
    aliases: ['ORF1ab', 'ORF1ab Ct', 'Ct ORF1ab'],
  },
  { name: 'ct_n', kind: 'number', label: 'screening.ct_n', aliases: ['N', 'N Ct', 'Ct N'] },
];

/** `A01` of some instruments is our `A1`; a gene that crossed no threshold has no Ct. */
export function readingOf({ well, result, ct_orf1ab, ct_n }: Values): Values {
  const ct = [
    { gene: 'ORF1ab', ct: ct_orf1ab },
    { gene: 'N', ct: ct_n },
  ].filter((one) => typeof one.ct === 'number');
  const name = typeof well === 'string' ? well.trim().toUpperCase() : '';
  return { well: name.replace(/^([A-Z])0+(?=\d)/, '$1'), result, ct };
}
