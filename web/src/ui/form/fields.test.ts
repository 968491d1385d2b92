// Without these, a form could send text for a number, or show a server's complaint beside the wrong field.
import { describe, expect, it } from 'vitest';
import { toInstant } from '../time';
import { cellAt, fieldAt, readBody, readField, withoutBlankRows, type FieldView } from './fields';

const now = toInstant('2022-07-17T22:40:00+08:00');
const field = (kind: FieldView['kind'], more: Partial<FieldView> = {}): FieldView => ({
  name: 'x',
  kind,
  ...more,
});

describe('reading fields', () => {
  it('asks for what is required and leaves out what is blank', () => {
    expect(readField(field('text', { required: true }), '  ', now)).toEqual({
      kind: 'fault',
      fault: 'required',
    });
    expect(readField(field('text'), '', now)).toEqual({ kind: 'value', value: undefined });
  });
  it('reads numbers, and only numbers', () => {
    expect(readField(field('number'), '38.2', now)).toEqual({ kind: 'value', value: 38.2 });
    expect(readField(field('number'), '38,2', now)).toEqual({ kind: 'fault', fault: 'number' });
    expect(readField(field('integer'), '1.5', now)).toEqual({ kind: 'fault', fault: 'integer' });
  });
  it('reads moments and days on the realm clock', () => {
    expect(readField(field('moment'), '1805', now)).toEqual({
      kind: 'value',
      value: '2022-07-17T18:05:00+08:00',
    });
    expect(readField(field('day'), '0716', now)).toEqual({ kind: 'value', value: '2022-07-16' });
    expect(readField(field('moment'), 'soon', now)).toEqual({ kind: 'fault', fault: 'moment' });
  });
  it('checks a resident number', () => {
    expect(readField(field('resident_id'), '990121198604121130', now)).toEqual({
      kind: 'value',
      value: '990121198604121130',
    });
    expect(readField(field('resident_id'), '990121198604121131', now)).toEqual({
      kind: 'fault',
      fault: 'id_check_digit',
    });
  });
  it('splits pasted lists', () => {
    expect(readField(field('texts'), 'T1\nT2，T3', now)).toEqual({
      kind: 'value',
      value: ['T1', 'T2', 'T3'],
    });
  });
  it('skips blank rows of a grid and names the fault of a bad one', () => {
    const grid = field('rows', {
      columns: [
        { name: 'gene', kind: 'text', required: true },
        { name: 'ct', kind: 'number' },
      ],
    });
    expect(
      readField(
        grid,
        [
          { gene: 'N', ct: '28.1' },
          { gene: '', ct: '' },
        ],
        now,
      ),
    ).toEqual({
      kind: 'value',
      value: [{ gene: 'N', ct: 28.1 }],
    });
    expect(readField(grid, [{}, { gene: '', ct: '28' }, { gene: 'N', ct: 'low' }], now)).toEqual({
      kind: 'fault',
      fault: 'rows',
      cells: [
        { row: 1, column: 'gene', fault: 'required' },
        { row: 2, column: 'ct', fault: 'number' },
      ],
    });
  });
  it('builds nested bodies and keeps what is fixed', () => {
    const fields = [field('number', { name: 'result.ct' }), field('text', { name: 'note', required: true })];
    expect(readBody(fields, { 'result.ct': '30' }, { tube: 't1' }, now)).toEqual({
      body: { tube: 't1', result: { ct: 30 } },
      faults: [{ name: 'note', fault: 'required' }],
    });
  });
  it('reads a document: a resident number is checked, a passport is not', () => {
    expect(readField(field('document'), 'e1234 5678', now)).toEqual({ kind: 'value', value: 'E12345678' });
    expect(readField(field('document'), '990121198604121131', now)).toMatchObject({
      fault: 'id_check_digit',
    });
    expect(readField(field('document'), '9901211986041211300', now)).toMatchObject({ fault: 'id_length' });
  });
  it('takes no choice and no yes it does not know', () => {
    const sex = field('choice', { choices: ['male', 'female'] });
    expect(readField(sex, 'male', now)).toEqual({ kind: 'value', value: 'male' });
    expect(readField(sex, '男的', now)).toEqual({ kind: 'fault', fault: 'choice' });
    expect(readField(field('boolean'), '也许', now)).toEqual({ kind: 'fault', fault: 'boolean' });
  });
  it('finds the cell a path speaks of, and sends no empty rows', () => {
    const grid = field('rows', { name: 'contacts', columns: [field('text', { name: 'name' })] });
    expect(cellAt(grid, '/contacts/3/name')).toEqual({ row: 3, column: 'name' });
    expect(cellAt(grid, '/contacts/3/person')).toEqual({ row: 3, column: '' });
    expect(cellAt(grid, '/contacts')).toBeUndefined();
    expect(withoutBlankRows([grid], { contacts: [{}, { name: '甲' }, { name: '' }], other: 1 })).toEqual({
      contacts: [{ name: '甲' }],
      other: 1,
    });
  });
  it('finds the field a path speaks of', () => {
    const fields = [field('number', { name: 'result.ct' }), field('rows', { name: 'contacts' })];
    expect(fieldAt(fields, '/result/ct')).toBe('result.ct');
    expect(fieldAt(fields, '/contacts/3/name')).toBe('contacts');
    expect(fieldAt(fields, '/elsewhere')).toBeUndefined();
  });
});
