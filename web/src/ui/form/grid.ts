/** What a spreadsheet's cells mean in a grid: head rows, words for choices, yes and no. Pure; tested beside. */
import type { FieldView, Values } from './fields';

/** What a choice or a column is called on the screen, in the reader's language. */
export interface Names {
  column: (column: FieldView) => string;
  choice: (column: FieldView, choice: string) => string;
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*＊:：()（）/-]/g, '');

const yes = ['是', '有', '√', 'y', 'yes', 'true', '1', 'x'];
const no = ['', '否', '无', '没有', 'n', 'no', 'false', '0'];

/** A pasted or typed cell as the grid keeps it; what is not understood stays as it is and is a fault later. */
export function cellOf(column: FieldView, typed: string, names: Names): unknown {
  const text = typed.trim();
  if (column.kind === 'boolean') {
    const word = plain(text);
    return yes.includes(word) ? true : no.includes(word) ? undefined : text;
  }
  if (column.kind !== 'choice' || text === '') return text;
  const word = plain(text);
  const found = column.choices?.find(
    (choice) =>
      plain(choice) === word ||
      plain(names.choice(column, choice)) === word ||
      column.choiceAliases?.[choice]?.some((alias) => plain(alias) === word),
  );
  return found ?? text;
}

/** The columns a head row names, or undefined when the line is no head row. */
export function headOf(
  cells: string[],
  columns: FieldView[],
  names: Names,
): (FieldView | undefined)[] | undefined {
  const heads = cells.map((cell) => {
    const word = plain(cell);
    if (word === '') return undefined;
    return columns.find((column) =>
      [names.column(column), column.name, ...(column.aliases ?? [])].some((name) => plain(name) === word),
    );
  });
  const known = new Set(heads.filter(Boolean));
  return known.size >= 2 ? heads : undefined;
}

/** A spreadsheet's text as lines of cells; a quoted cell may hold line breaks and doubled quotes. */
export function linesOf(text: string): string[][] {
  const lines: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const clean = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  for (let at = 0; at < clean.length; at += 1) {
    const sign = clean.charAt(at);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (clean.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === '\t' || sign === '\n') {
      lines.at(-1)?.push(cell);
      cell = '';
      if (sign === '\n') lines.push([]);
    } else cell += sign;
  }
  lines.at(-1)?.push(cell);
  return lines;
}

/** The rows with a spreadsheet's text laid into them from one cell on; a head row says which column is which. */
export function pasteInto(
  rows: Values[],
  columns: FieldView[],
  at: number,
  from: number,
  text: string,
  names: Names,
): Values[] {
  const lines = linesOf(text);
  const heads = headOf(lines[0] ?? [], columns, names);
  const places = heads ?? columns.slice(from);
  const next = [...rows];
  (heads ? lines.slice(1) : lines).forEach((cells, down) => {
    const row: Values = { ...next[at + down] };
    cells.forEach((cell, right) => {
      const column = places[right];
      if (column) row[column.name] = cellOf(column, cell, names);
    });
    next[at + down] = row;
  });
  return next;
}

export function isBlankRow(row: Values, columns: FieldView[]): boolean {
  return columns.every((column) => {
    const cell = row[column.name];
    return cell === undefined || cell === null || cell === '' || cell === false;
  });
}
