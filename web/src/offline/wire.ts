/** The queue's way to the server: the documents' holders, the tubes of codes, and `POST /v1/batch`. */
import { api, outcomeOf } from '@/api/client';
import type { BatchAnswer, BatchItem, Wire } from './upload';

export const wire: Wire = {
  resolve: async (documents) => {
    const outcome = await outcomeOf(api.POST('/v1/people/resolve', { body: { documents } }));
    return outcome.kind === 'ok' ? outcome.value.persons : undefined;
  },
  tubes: async (codes) => {
    const outcome = await outcomeOf(api.POST('/v1/tubes/resolve', { body: { codes } }));
    return outcome.kind === 'ok' ? outcome.value.tubes : undefined;
  },
  batch: async (items: BatchItem[]) => {
    const outcome = await outcomeOf(api.POST('/v1/batch', { body: items as never }));
    if (outcome.kind === 'ok') return outcome.value as BatchAnswer[];
    return outcome.kind === 'signed_out' ? 'signed_out' : 'later';
  },
};
