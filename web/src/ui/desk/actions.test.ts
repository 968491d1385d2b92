// @vitest-environment jsdom
// Without this, a desk could name a field the API does not have: the server would refuse every such form.
import { describe, expect, it } from 'vitest';
import { complete, operationMeta } from '@/api/catalogue';
import type { Session } from '@/api/session';
import { desks } from '@/app/desks';
import { fieldsFor, keyOf } from './actions';
import type { Action, AnyRow, Kit } from './types';

const kit: Kit = {
  session: {
    unit: { id: 'u', name: 'n', jurisdiction: 990121 },
    roles: [],
    person_name: 'x',
  } as unknown as Session,
  now: 0,
  newId: () => 'new',
};
// A row that has every field: whatever an action reads from it is there.
const row = new Proxy({}, { get: () => 'of-row' }) as AnyRow;

async function allActions(): Promise<Action<AnyRow>[]> {
  const loaded = await Promise.all(Object.values(desks).map(async (load) => (await load()).default));
  return loaded.flatMap((desk) => [
    ...desk.views.flatMap((view) => view.actions ?? []),
    ...((desk.start ?? []) as unknown as Action<AnyRow>[]),
  ]);
}

describe('actions of the desks', () => {
  it('name only fields their operations have', async () => {
    const wrong: string[] = [];
    for (const action of await allActions()) {
      const known = new Set([
        ...operationMeta(action.operation).fields.map((field) => field.name),
        ...(action.extra ?? []).map((field) => field.name),
      ]);
      const named = [
        ...Object.keys(action.fixed?.(row, kit) ?? {}),
        ...Object.keys(action.initial?.(row, kit) ?? {}),
        ...(action.omit ?? []),
        ...Object.keys(action.fields ?? {}),
        ...(action.order ?? []),
      ];
      for (const name of named) if (!known.has(name)) wrong.push(`${keyOf(action)}: ${name}`);
    }
    expect(wrong).toEqual([]);
  });

  it('leave no required field without a way to fill it', async () => {
    const missing: string[] = [];
    for (const action of await allActions()) {
      if (action.form || action.prepare) continue;
      const fixed = action.fixed?.(row, kit) ?? {};
      const shown = new Set(fieldsFor(action, fixed).map((field) => field.name));
      const sent = complete(action.operation, fixed);
      for (const field of operationMeta(action.operation).fields) {
        if (field.required && !shown.has(field.name) && sent[field.name] === undefined)
          missing.push(`${keyOf(action)}: ${field.name}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('show no id as a bare text field', async () => {
    const bare: string[] = [];
    for (const action of await allActions()) {
      if (action.form) continue;
      const ids = new Set(
        operationMeta(action.operation)
          .fields.filter((field) => field.kind === 'id')
          .map((field) => field.name),
      );
      for (const field of fieldsFor(action, action.fixed?.(row, kit) ?? {})) {
        if (ids.has(field.name) && field.kind === 'text') bare.push(`${keyOf(action)}: ${field.name}`);
      }
    }
    expect(bare).toEqual([]);
  });
});
