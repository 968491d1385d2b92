/** What the screens read. A key starts with the desk, so that one "changed" message refreshes exactly that desk's lists. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api, ask, valueOf, type Filters } from './client';
import { FailureError } from './outcome';
import type { CaseReport, LostControl, PersonCard, PersonPage, RuleEntry, Trace } from './views';

export interface Page<Row> {
  rows: Row[];
  next?: string | null;
  as_of: { batch: number; at: string };
  persons?: Record<string, PersonCard>;
}

/** Asked again only where another try can help: never after the server has said no. */
export function retryLater(count: number, error: unknown): boolean {
  if (!(error instanceof FailureError)) return false;
  return (error.failure.kind === 'unreachable' || error.failure.kind === 'busy') && count < 3;
}

export function useList<Row>(path: string, filters: Filters = {}, enabled = true, limit = 50) {
  const [desk = '', list = ''] = path.split('/');
  return useInfiniteQuery({
    queryKey: ['list', desk, list, filters, limit],
    enabled,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Row>>(`/v1/${path}`, { ...filters, limit, after: pageParam || undefined }, signal),
    getNextPageParam: (last) => last.next || undefined,
  });
}

/** A list to its end, 500 rows an answer: for boards that show all of a place at once (2,000 rooms are four answers). */
export function useWhole<Row>(path: string, filters: Filters = {}, enabled = true) {
  const query = useList<Row>(path, filters, enabled, 500);
  const { hasNextPage, isFetching, isError, dataUpdatedAt, fetchNextPage } = query;
  // A change may take a page back while it is asked for, before it is ever seen as asked for: what counts is that nothing is under way.
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, dataUpdatedAt, fetchNextPage]);
  const joined = useMemo(() => joinPages(query.data?.pages ?? []), [query.data]);
  return { ...joined, ...pick(query), isWhole: query.isSuccess && !hasNextPage };
}

function pick<Query extends ReturnType<typeof useList>>({ isPending, isError, error, refetch }: Query) {
  return { isPending, isError, error, refetch };
}

export interface OneRow<Row> {
  row: Row;
  as_of: { batch: number; at: string };
  persons?: Record<string, PersonCard>;
}

/** One row of a list by its key, whatever page it is on. */
export function useOne<Row>(path: string, id: string) {
  const [desk = '', list = ''] = path.split('/');
  return useQuery({
    queryKey: ['list', desk, list, 'one', id],
    queryFn: ({ signal }) => ask<OneRow<Row>>(`/v1/${path}/${id}`, {}, signal),
  });
}

/** The pages of a list as one; persons are the union of what came with each page. */
export function joinPages<Row>(pages: Page<Row>[]): {
  rows: Row[];
  persons: Record<string, PersonCard>;
  asOf?: string;
} {
  const asOf = pages.at(0)?.as_of.at;
  return {
    rows: pages.flatMap((page) => page.rows),
    persons: Object.assign({}, ...pages.map((page) => page.persons ?? {})) as Record<string, PersonCard>,
    ...(asOf ? { asOf } : {}),
  };
}

export function useDuties() {
  return useInfiniteQuery({
    queryKey: ['duties'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      valueOf(
        api.GET('/v1/duties', { params: { query: { limit: 50, ...after(pageParam) } }, signal }),
        signal,
      ),
    getNextPageParam: (last) => last.next || undefined,
  });
}

const after = (cursor: string) => (cursor ? { after: cursor } : {});

/** Every duty about one thing, whoever owes it and whatever became of it. */
export function useDutiesAbout(about: string) {
  return useQuery({
    queryKey: ['duties', 'about', about],
    queryFn: ({ signal }) =>
      valueOf(
        api.GET('/v1/duties', { params: { query: { about, state: 'any', limit: 50 } }, signal }),
        signal,
      ),
  });
}

export function useWhy(no: string | undefined) {
  return useQuery({
    queryKey: ['why', no],
    enabled: no !== undefined,
    queryFn: ({ signal }) =>
      valueOf(api.GET('/v1/duties/{no}/why', { params: { path: { no: no ?? '' } }, signal }), signal),
  });
}

export function useClockBoard() {
  return useQuery({
    queryKey: ['board', 'clocks'],
    queryFn: ({ signal }) => valueOf(api.GET('/v1/board/clocks', { signal }), signal),
  });
}

export function useNotices() {
  return useQuery({
    queryKey: ['notices'],
    queryFn: ({ signal }) =>
      valueOf(api.GET('/v1/notices', { params: { query: { limit: 50 } }, signal }), signal),
  });
}

/** Whoever is named in the answer stands in the audit: not asked again because a window got the focus back. */
export function useTrace(
  caseId: string,
  page: { ring: 'ring1' | 'ring2' | 'sources'; least?: number; limit: number },
) {
  return useQuery({
    queryKey: ['list', 'investigation', 'trace', caseId, page],
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => ask<Trace>('/v1/investigation/trace', { case: caseId, ...page }, signal),
  });
}

/** Everybody lost, whichever desk answers for them; looked at again every minute, for time alone adds to it. */
export function useLost() {
  return useQuery({
    queryKey: ['duties', 'lost'],
    refetchInterval: 60_000,
    queryFn: ({ signal }) => ask<LostControl>('/v1/isolation/lost_control', {}, signal),
  });
}

export function useReport(caseId: string, kind: string) {
  return useQuery({
    queryKey: ['list', 'investigation', 'report', caseId, kind],
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => ask<CaseReport>('/v1/investigation/report', { case: caseId, kind }, signal),
  });
}

export function useSearch(q: string) {
  return useQuery({
    queryKey: ['search', q],
    enabled: q.length > 0,
    staleTime: 60_000, // each search is audited: no second one because a window got the focus back
    queryFn: ({ signal }) => valueOf(api.GET('/v1/search', { params: { query: { q } }, signal }), signal),
  });
}

export function usePerson(id: string) {
  return useQuery({
    queryKey: ['person', id],
    queryFn: async ({ signal }): Promise<PersonPage> =>
      (await valueOf(api.GET('/v1/people/{id}', { params: { path: { id } }, signal }), signal)) as PersonPage,
  });
}

export function useRulebook() {
  return useQuery({
    queryKey: ['rulebook'],
    staleTime: 300_000,
    queryFn: ({ signal }) => ask<Page<RuleEntry>>('/v1/rulebook', { limit: 5000 }, signal),
  });
}

/** An entry, of whose disease, as it stood when and in which county: without these, now and at the asker's own place. */
export interface AskedRule {
  readonly id: string;
  readonly pathogen?: string | undefined;
  readonly at?: string | undefined;
  readonly in?: number | undefined;
}

export function useRule({ id, ...where }: AskedRule) {
  const query = Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined));
  return useQuery({
    queryKey: ['rulebook', id, query],
    queryFn: async ({ signal }): Promise<RuleEntry> =>
      (await valueOf(
        api.GET('/v1/rulebook/{id}', {
          params: { path: { id }, query },
          signal,
        }),
        signal,
      )) as RuleEntry,
  });
}
