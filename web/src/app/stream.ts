/** Live updates: the server says which desk changed, the lists of that desk are asked again, at most once a second. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { resyncClock, sessionKey } from '@/api/session';

interface Changed {
  topics?: string[];
  batch?: number;
}

/** True while the stream stands; without it the lists fall back to asking every 15 seconds. */
export function useStream(): boolean {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(true);
  useEffect(() => {
    const gather = new Gather(queries);
    const source = new EventSource('/v1/stream');
    const heard = (event: MessageEvent<string>) => gather.add(readChanged(event.data));
    source.addEventListener('changed', heard);
    source.addEventListener('message', heard);
    source.addEventListener('clock', () => {
      void resyncClock();
      gather.add({ topics: ['all'] });
    });
    source.onopen = () => setLive(true);
    source.onerror = () => setLive(false);
    return () => {
      source.close();
      gather.stop();
    };
  }, [queries]);
  useEffect(() => {
    if (isLive) return undefined;
    const timer = setInterval(() => void queries.invalidateQueries({ predicate: notSession }), 15_000);
    return () => clearInterval(timer);
  }, [isLive, queries]);
  return isLive;
}

function readChanged(data: string): Changed {
  try {
    return JSON.parse(data) as Changed;
  } catch {
    return { topics: ['all'] };
  }
}

const notSession = (query: { queryKey: readonly unknown[] }) =>
  query.queryKey[0] !== sessionKey[0] && query.queryKey[0] !== 'search' && query.queryKey[0] !== 'rulebook';

class Gather {
  private topics_ = new Set<string>();
  private timer_: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queries_: QueryClient) {}

  add(changed: Changed) {
    for (const topic of changed.topics ?? ['all']) this.topics_.add(topic);
    this.timer_ ??= setTimeout(() => this.flush(), 1000);
  }

  stop() {
    clearTimeout(this.timer_);
  }

  private flush() {
    const topics = this.topics_;
    this.topics_ = new Set();
    this.timer_ = undefined;
    if (topics.has('clock')) void resyncClock();
    void this.queries_.invalidateQueries({
      predicate: (query) => {
        if (!notSession(query)) return false;
        // Any change may open or meet a duty; lists only follow their own desk.
        return (
          query.queryKey[0] !== 'list' ||
          topics.has('all') ||
          topics.has('clock') ||
          topics.has(String(query.queryKey[1]))
        );
      },
    });
  }
}
