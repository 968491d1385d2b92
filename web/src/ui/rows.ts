/** Which of many rows of known heights are near what is seen. Pure; tested beside. */

/** Where each row begins, and at the end the height of all. */
export function startsOf(heights: number[]): number[] {
  const starts = [0];
  for (const height of heights) starts.push((starts.at(-1) ?? 0) + height);
  return starts;
}

/** The row at a height from the top; the first above, the last below. */
export function rowAt(starts: number[], top: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= top) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** Rows from `first` up to and without `end` that lie between two heights, and some more on both sides. */
export function rowsBetween(starts: number[], top: number, bottom: number, more = 0) {
  const rows = starts.length - 1;
  if (rows === 0) return { first: 0, end: 0 };
  const first = Math.max(0, rowAt(starts, top) - more);
  const end = Math.min(rows, rowAt(starts, bottom) + 1 + more);
  return { first, end };
}

/** Cards in rows of so many; a group begins a new row. */
export function inRows<Item>(items: Item[], across: number): Item[][] {
  const rows: Item[][] = [];
  for (let at = 0; at < items.length; at += across) rows.push(items.slice(at, at + across));
  return rows;
}
