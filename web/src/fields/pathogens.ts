import type { FieldView } from '@/ui/form/fields';

/** Pathogens a patient may be suspected of; their rules are in the rulebook under the same names. */
export const pathogens = [
  'covid19-cn',
  'h1n1',
  'h5n1',
  'measles',
  'mpox',
  'dengue',
  'cholera',
  'hfmd',
  'ebola',
];

export const pathogenField: Partial<FieldView> = { kind: 'choice', choices: pathogens };
