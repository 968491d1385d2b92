import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Gather } from './gather';

vi.mock('@/api/session', () => ({ resyncClock: vi.fn(), sessionKey: ['session'] }));

/** A list that takes `seconds` to come; what it was asked so far, and what came of it. */
function listOf(client: QueryClient, desk: string, seconds: number) {
  const seen = { asked: 0, came: 0 };
  const observer = new QueryObserver(client, {
    queryKey: ['list', desk, 'all', {}, 500],
    queryFn: async ({ signal }) => {
      seen.asked += 1;
      await new Promise((done) => setTimeout(done, seconds * 1000));
      if (!signal.aborted) seen.came += 1;
      return seen.asked;
    },
  });
  return { seen, end: observer.subscribe(() => undefined) };
}

describe('what has changed', () => {
  let client: QueryClient;
  let gather: Gather;
  beforeEach(() => {
    vi.useFakeTimers();
    client = new QueryClient();
    gather = new Gather(client);
  });
  afterEach(() => {
    gather.stop();
    client.clear();
    vi.useRealTimers();
  });

  it('asks the lists of that desk again, once a second however often it changes', async () => {
    const own = listOf(client, 'isolation', 0.1);
    const other = listOf(client, 'gates', 0.1);
    await vi.advanceTimersByTimeAsync(500);
    for (let i = 0; i < 20; i += 1) gather.add({ topics: ['isolation'] });
    await vi.advanceTimersByTimeAsync(1500);
    expect(own.seen.asked).toBe(2);
    expect(other.seen.asked).toBe(1);
  });

  it('lets a slow list come to its end while all are at work, and asks it once more for what came meanwhile', async () => {
    const slow = listOf(client, 'isolation', 3);
    for (let i = 0; i < 100; i += 1) {
      gather.add({ topics: ['isolation'] });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(slow.seen.came).toBeGreaterThanOrEqual(2);
    const before = slow.seen.asked;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(slow.seen.asked).toBe(before + 1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(slow.seen.asked).toBe(before + 1);
  });

  it('asks anew what never came', async () => {
    const hung = listOf(client, 'isolation', 100_000);
    await vi.advanceTimersByTimeAsync(1);
    // A first asking is never taken back: the list must have come once.
    client.setQueryData(['list', 'isolation', 'all', {}, 500], 0);
    gather.add({ topics: ['isolation'] });
    await vi.advanceTimersByTimeAsync(25_000);
    expect(hung.seen.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(hung.seen.asked).toBe(2);
  });
});
