/** Files on their way in: brought, tried, put right, recorded. The body of the first request is the file itself. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, outcomeOf, valueOf } from './client';
import type { components } from './generated/schema';
import type { Outcome } from './outcome';

export type Import = components['schemas']['Import'];
export type ImportKind = components['schemas']['ImportKind'];
export type ImportFault = Import['faults'][number];

const key = ['imports'];

export function useImportKinds() {
  return useQuery({
    queryKey: [...key, 'kinds'],
    queryFn: ({ signal }) => valueOf(api.GET('/v1/imports/kinds', { signal }), signal),
  });
}

export const isAtWork = (one: Import) => one.state === 'reading' || one.state === 'running';

/** My files, the latest first; asked again twice a second while one is at work. */
export function useImports() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => valueOf(api.GET('/v1/imports', { signal }), signal),
    refetchInterval: (query) => (query.state.data?.rows.some(isAtWork) ? 500 : false),
  });
}

export interface Bringing {
  kind: string;
  file: string;
  content: Blob;
  township?: string | undefined;
  source?: string | undefined;
  round?: string | undefined;
  plate?: string | undefined;
}

export function useImporting() {
  const client = useQueryClient();
  const then = async (asked: Promise<Outcome<Import>>) => {
    const outcome = await asked;
    await client.invalidateQueries({ queryKey: key });
    return outcome;
  };
  return {
    bring: ({ kind, file, content, township, source, round, plate }: Bringing) =>
      then(
        outcomeOf<Import>(
          api.POST('/v1/imports', {
            params: {
              query: {
                kind,
                file,
                ...(township ? { township } : {}),
                ...(source ? { source } : {}),
                ...(round ? { round } : {}),
                ...(plate ? { plate } : {}),
              },
            },
            headers: { 'Content-Type': 'application/octet-stream' },
            body: content as never,
            bodySerializer: (body) => body as never,
          }),
        ),
      ),
    run: (id: string) =>
      then(outcomeOf<Import>(api.POST('/v1/imports/{id}/run', { params: { path: { id } } }))),
    cancel: (id: string) =>
      then(outcomeOf<Import>(api.POST('/v1/imports/{id}/cancel', { params: { path: { id } } }))),
    mend: (id: string, cells: { row: number; column: string; value: string }[]) =>
      then(
        outcomeOf<Import>(api.POST('/v1/imports/{id}/cells', { params: { path: { id } }, body: { cells } })),
      ),
  };
}

export const errorsUrl = (id: string, language: string) =>
  `/v1/imports/${id}/errors?lang=${language === 'en' ? 'en' : 'zh'}`;
export const templateUrl = (kind: string, language: string, format: 'xlsx' | 'csv') =>
  `/v1/imports/templates/${kind}?lang=${language === 'en' ? 'en' : 'zh'}&format=${format}`;
