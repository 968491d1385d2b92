/** Live updates: the server says which desk changed, the lists of that desk are asked again, at most once a second. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { resyncClock } from '@/api/session';
import { Gather, notSession, type Changed } from './gather';

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
