import { useQuery } from '@tanstack/react-query';
import { ask } from '@/api/client';
import type { Page } from '@/api/queries';
import type { Colleague } from '@/api/rows';

function useColleagues() {
  const query = useQuery({
    queryKey: ['list', 'colleagues', 'names'],
    staleTime: 60_000,
    queryFn: ({ signal }) => ask<Page<Colleague>>('/v1/colleagues', { limit: 500 }, signal),
  });
  return new Map((query.data?.rows ?? []).map((one) => [one.account, one.name]));
}

export function AccountName({ id }: { id: string }) {
  const names = useColleagues();
  return <>{names.get(id) ?? `…${id.slice(-6)}`}</>;
}
