/** Units by id: lists carry ids, screens show names. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import i18n from 'i18next';
import { ask } from '@/api/client';
import type { Page } from '@/api/queries';
import type { Unit } from '@/api/rows';

export type { Unit };

export function unitName(unit: Pick<Unit, 'name_zh' | 'name_en'>): string {
  return i18n.language === 'en' ? unit.name_en || unit.name_zh : unit.name_zh;
}

export function useUnits() {
  const query = useQuery({
    queryKey: ['list', 'command', 'units', 'names'],
    staleTime: 300_000,
    queryFn: ({ signal }) => ask<Page<Unit>>('/v1/command/units', { limit: 500 }, signal),
  });
  const all = useMemo(() => query.data?.rows ?? [], [query.data]);
  const byId = useMemo(() => new Map(all.map((unit) => [unit.id, unit])), [all]);
  return { all, byId, isLoading: query.isPending };
}

export function unitNameOf(byId: Map<string, Unit>, id: string | null | undefined): string {
  if (!id) return '—';
  const unit = byId.get(id);
  return unit ? unitName(unit) : id.slice(-6);
}
