import { useQuery } from '@tanstack/react-query';
import { ask } from '@/api/client';
import type { Page } from '@/api/queries';
import type { Account } from '@/api/rows';

export function useAccounts() {
  const query = useQuery({
    queryKey: ['list', 'command', 'accounts', 'names'],
    staleTime: 60_000,
    queryFn: ({ signal }) => ask<Page<Account>>('/v1/command/accounts', { limit: 500 }, signal),
  });
  return new Map((query.data?.rows ?? []).map((account) => [account.id, account]));
}

export function AccountName({ id }: { id: string }) {
  const accounts = useAccounts();
  return <>{accounts.get(id)?.display_name ?? `…${id.slice(-6)}`}</>;
}
