/** What the stream says has changed, gathered: the lists it concerns are asked again at most once a second. */
import type { Query, QueryClient } from '@tanstack/react-query';
import { resyncClock, sessionKey } from '@/api/session';

export interface Changed {
  topics?: string[];
  batch?: number;
}

export const notSession = (query: { queryKey: readonly unknown[] }) =>
  query.queryKey[0] !== sessionKey[0] && query.queryKey[0] !== 'search' && query.queryKey[0] !== 'rulebook';

/** Looks, one a second, after which an answer that does not come is asked for anew. */
const patience = 30;

/** Any change may open or meet a duty; lists only follow their own desk. */
function concerns(topics: ReadonlySet<string>, { queryKey }: Query): boolean {
  return (
    queryKey[0] !== 'list' || topics.has('all') || topics.has('clock') || topics.has(String(queryKey[1]))
  );
}

export class Gather {
  private topics_ = new Set<string>();
  /** Changed while they were being asked, since how many looks: what comes may be of before, so they are asked once more. */
  private waiting_ = new Map<string, number>();
  private timer_: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queries_: QueryClient) {}

  add(changed: Changed) {
    for (const topic of changed.topics ?? ['all']) this.topics_.add(topic);
    this.later();
  }

  stop() {
    clearTimeout(this.timer_);
  }

  private later() {
    this.timer_ ??= setTimeout(() => this.flush(), 1000);
  }

  /** A list of many answers is let come to its end: taken back each second, it would never come while all are at work. */
  private flush() {
    const topics = this.topics_;
    const waited = this.waiting_;
    this.topics_ = new Set();
    this.waiting_ = new Map();
    this.timer_ = undefined;
    if (topics.has('clock')) void resyncClock();
    const isChanged = (query: Query) =>
      notSession(query) && ((topics.size > 0 && concerns(topics, query)) || waited.has(query.queryHash));
    for (const query of this.queries_.getQueryCache().findAll({ predicate: isChanged })) {
      const looks = waited.get(query.queryHash) ?? 0;
      if (query.state.fetchStatus === 'fetching' && looks < patience)
        this.waiting_.set(query.queryHash, looks + 1);
    }
    void this.queries_.invalidateQueries({
      predicate: (query) => isChanged(query) && !this.waiting_.has(query.queryHash),
    });
    if (this.waiting_.size > 0) this.later();
  }
}
