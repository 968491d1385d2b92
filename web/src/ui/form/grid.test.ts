// Without these, a pasted column could land under the wrong head, or "是" be lost as protection.
import { describe, expect, it } from 'vitest';
import type { FieldView } from './fields';
import { cellOf, headOf, isBlankRow, linesOf, pasteInto, type Names } from './grid';

const columns: FieldView[] = [
  { name: 'name', kind: 'text' },
  { name: 'phone', kind: 'text', aliases: ['手机号'] },
  { name: 'kind', kind: 'choice', choices: ['household', 'other'], choiceAliases: { household: ['妻子'] } },
  { name: 'is_protected', kind: 'boolean' },
];
const heads: Record<string, string> = { name: '姓名', phone: '电话', kind: '关系', is_protected: '防护到位' };
const choices: Record<string, string> = { household: '共同居住', other: '其他' };
const names: Names = {
  column: (column) => heads[column.name] ?? '',
  choice: (_column, choice) => choices[choice] ?? '',
};

describe('a pasted grid', () => {
  it('lies from the cell on, line by line', () => {
    const rows = pasteInto([{ name: '甲' }, {}], columns, 1, 0, '乙\t139\t共同居住\t是\r\n丙\t138\n', names);
    expect(rows).toEqual([
      { name: '甲' },
      { name: '乙', phone: '139', kind: 'household', is_protected: true },
      { name: '丙', phone: '138' },
    ]);
  });
  it('follows a head row whatever the order, and leaves unknown columns out', () => {
    const text = '序号\t手机号\t姓 名\t关系\n1\t139\t乙\t妻子\n2\t\t丙\t邻居';
    expect(pasteInto([], columns, 0, 0, text, names)).toEqual([
      { phone: '139', name: '乙', kind: 'household' },
      { phone: '', name: '丙', kind: '邻居' },
    ]);
  });
  it('takes a line with one known word for data, not for a head', () => {
    expect(headOf(['其他', '139'], columns, names)).toBeUndefined();
    expect(headOf(['姓名', '电话'], columns, names)?.map((one) => one?.name)).toEqual(['name', 'phone']);
  });
  it('reads quoted cells as spreadsheets write them', () => {
    expect(linesOf('"一行\n两行"\t"说""好"""\n3\t')).toEqual([
      ['一行\n两行', '说"好"'],
      ['3', ''],
    ]);
  });
  it('reads yes and no in words, and keeps what it does not know for the fault', () => {
    const [, , kind, shielded] = columns as [FieldView, FieldView, FieldView, FieldView];
    expect(['是', 'Y', '√', '１'].map((word) => cellOf(shielded, word, names))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['否', '', 'no'].map((word) => cellOf(shielded, word, names))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(cellOf(shielded, '也许', names)).toBe('也许');
    expect(cellOf(kind, 'OTHER', names)).toBe('other');
  });
  it('knows an empty row', () => {
    expect(isBlankRow({ name: '', is_protected: false }, columns)).toBe(true);
    expect(isBlankRow({ is_protected: true }, columns)).toBe(false);
  });
});
