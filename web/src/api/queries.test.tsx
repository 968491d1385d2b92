// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ask } from './client';
import { useWhole } from './queries';

vi.mock('./client', () => ({ ask: vi.fn(), api: {}, valueOf: vi.fn() }));

const pages = 5;
let client: QueryClient;
let seen: { rows: number; isWhole: boolean };

function Board() {
  const list = useWhole<number>('isolation/rooms');
  seen = { rows: list.rows.length, isWhole: list.isWhole };
  return null;
}

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
});
afterEach(() => {
  client.clear();
});

/** Answers page after page; `meanwhile` is called as each is asked for, before anybody could see that it is. */
function answer(meanwhile: (at: number) => void) {
  vi.mocked(ask).mockImplementation((_path, filters) => {
    const at = Number(filters?.after ?? 0);
    meanwhile(at);
    const page = { rows: [at], next: at + 1 < pages ? String(at + 1) : null, as_of: { batch: 1, at: '' } };
    return new Promise((done) => setTimeout(done, 5, page)) as never;
  });
}

/** Shown as a browser does, without `act`: when what is known of a question reaches the board is what matters here. */
async function show() {
  const root = createRoot(document.createElement('div'));
  root.render(
    <QueryClientProvider client={client}>
      <Board />
    </QueryClientProvider>,
  );
  await new Promise((done) => setTimeout(done, 500));
  root.unmount();
}

it('a list is asked to its end', async () => {
  answer(() => undefined);
  await show();
  expect(seen).toEqual({ rows: pages, isWhole: true });
});

it('a page taken back by a change before it was seen as asked for is asked for again', async () => {
  const taken = new Set<number>();
  answer((at) => {
    if (at === 0 || taken.has(at)) return;
    taken.add(at);
    queueMicrotask(() => void client.invalidateQueries({ queryKey: ['list', 'isolation'] }));
  });
  await show();
  expect(taken.size).toBe(pages - 1);
  expect(seen).toEqual({ rows: pages, isWhole: true });
});
