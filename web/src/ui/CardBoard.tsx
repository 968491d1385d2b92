/**
 * Thousands of cards of one height in groups: only the rows near what is seen are in the page, so that 2,000 rooms scroll as
 * twenty do, and the row of the card that Tab stops at, wherever it is. Arrow keys, Home and End walk over all of them.
 */
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { inRows, rowsBetween, startsOf } from './rows';

export interface CardGroup<Item> {
  key: string;
  title: React.ReactNode;
  items: Item[];
}

interface Props<Item> {
  groups: CardGroup<Item>[];
  keyOf: (item: Item) => string;
  /** Height of a card with the gap below it, and its least width; CSS pixels. */
  rowHeight: number;
  minWidth: number;
  label: string;
  selected: string | undefined;
  select: (key: string) => void;
  testId: (item: Item) => string;
  children: (item: Item) => React.ReactNode;
}

type Line<Item> = { title: React.ReactNode; key: string } | { cards: Item[]; first: number; key: string };

const titleHeight = 36;
const more = 3;

export function CardBoard<Item>(props: Props<Item>) {
  const list = useRef<HTMLUListElement>(null);
  const across = useAcross(list, props.minWidth);
  const lines = useMemo(() => linesOf(props.groups, across), [props.groups, across]);
  const starts = useMemo(
    () => startsOf(lines.map((line) => ('cards' in line ? props.rowHeight : titleHeight))),
    [lines, props.rowHeight],
  );
  const { first, end } = useSeen(list, starts);
  const cards = useMemo(() => props.groups.flatMap((group) => group.items), [props.groups]);
  const [active, setActive] = useState(0);
  const wanted = useRef(false);
  const at = Math.min(active, cards.length - 1);

  const own = lines.findIndex(
    (line) => 'cards' in line && at >= line.first && at < line.first + line.cards.length,
  );

  // What is scrolled when does not matter: the card is there, and takes the focus before it is brought into sight.
  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    const card = list.current?.querySelector<HTMLElement>(`[data-at="${String(at)}"]`);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const walk = (event: React.KeyboardEvent) => {
    const next = stepOf(event.key, at, across, cards.length);
    if (next === undefined) return;
    event.preventDefault();
    if (next === at) return;
    wanted.current = true;
    setActive(next);
  };

  return (
    <ul
      ref={list}
      className="card-board"
      aria-label={props.label}
      style={{ height: starts.at(-1) ?? 0 }}
      onKeyDown={walk}
    >
      {withOwn(first, end, own).map((index) => {
        const line = lines[index];
        const top = starts[index] ?? 0;
        if (!line) return null;
        if (!('cards' in line))
          return (
            <li
              key={line.key}
              className="card-board-title"
              style={{ transform: `translateY(${String(top)}px)` }}
            >
              {line.title}
            </li>
          );
        return (
          <Fragment key={line.key}>
            {line.cards.map((item, column) => {
              const key = props.keyOf(item);
              const place = line.first + column;
              return (
                <li
                  key={key}
                  className="card-board-item"
                  aria-setsize={cards.length}
                  aria-posinset={place + 1}
                  style={{
                    width: `calc(${String(100 / across)}% - 8px)`,
                    height: props.rowHeight - 8,
                    transform: `translate(calc(${String(column)} * (100% + 8px)), ${String(top)}px)`,
                  }}
                >
                  <button
                    type="button"
                    className="room"
                    data-selected={props.selected === key}
                    data-testid={props.testId(item)}
                    data-at={place}
                    tabIndex={place === at ? 0 : -1}
                    onFocus={() => setActive(place)}
                    onClick={() => props.select(key)}
                  >
                    {props.children(item)}
                  </button>
                </li>
              );
            })}
          </Fragment>
        );
      })}
    </ul>
  );
}

function linesOf<Item>(groups: CardGroup<Item>[], across: number): Line<Item>[] {
  const lines: Line<Item>[] = [];
  let first = 0;
  for (const group of groups) {
    lines.push({ title: group.title, key: `title ${group.key}` });
    for (const cards of inRows(group.items, across)) {
      lines.push({ cards, first, key: `${group.key} ${String(first)}` });
      first += cards.length;
    }
  }
  return lines;
}

/** The lines to draw, in order: those near what is seen, and one more; -1: none. */
function withOwn(first: number, end: number, own: number): number[] {
  const out = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  if (own >= 0 && own < first) out.unshift(own);
  if (own >= end) out.push(own);
  return out;
}

function stepOf(key: string, at: number, across: number, count: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + across,
    ArrowUp: at - across,
    Home: 0,
    End: count - 1,
    PageDown: at + across * 4,
    PageUp: at - across * 4,
  };
  const next = steps[key];
  return next === undefined ? undefined : Math.max(0, Math.min(count - 1, next));
}

function useAcross(list: React.RefObject<HTMLUListElement | null>, minWidth: number): number {
  const [across, setAcross] = useState(4);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const measure = () => setAcross(Math.max(1, Math.floor((element.clientWidth + 8) / (minWidth + 8))));
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    measure();
    return () => watch.disconnect();
  }, [list, minWidth]);
  return across;
}

/** The rows to draw: those in the window, some above and below; asked once a frame at most. */
function useSeen(list: React.RefObject<HTMLUListElement | null>, starts: number[]) {
  const [seen, setSeen] = useState({ first: 0, end: 24 });
  useLayoutEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const element = list.current;
      if (!element) return;
      const top = -element.getBoundingClientRect().top;
      const next = rowsBetween(starts, top, top + window.innerHeight, more);
      setSeen((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    const later = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    document.addEventListener('scroll', later, { capture: true, passive: true });
    window.addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('scroll', later, { capture: true });
      window.removeEventListener('resize', later);
    };
  }, [list, starts]);
  return seen;
}
