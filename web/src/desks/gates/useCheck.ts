/** One person after the other: who is it, what was seen, what follows, where to. Each step is one command. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask, command } from '@/api/client';
import { serverNow } from '@/api/clock';
import type { Failure } from '@/api/outcome';
import type { OneRow } from '@/api/queries';
import type { GateCheck } from '@/api/rows';
import { sessionKey } from '@/api/session';
import { chime } from '@/app/sound';
import { resolvePerson } from '@/fields/identity';
import type { Kit } from '@/ui/desk/types';
import { toIso } from '@/ui/time';
import { forbidsPassing, type HealthCode, type TravelCode } from './verdict';

export interface Readings {
  health?: HealthCode | undefined;
  travel?: TravelCode | undefined;
  /** °C as typed: 365 and 36.5 are the same */
  temperature: string;
  /** hours since the sample, as the phone shows them */
  certificateHours: string;
  /** county codes, by comma or blank */
  places: string;
  name: string;
}
export const nothingSeen: Readings = { temperature: '', certificateHours: '', places: '', name: '' };

/** Three digits without a point are tenths: 365 is 36.5. */
export function degrees(typed: string): number | undefined {
  const text = typed.trim().replace(',', '.');
  if (!/^\d{2}(\.?\d{1,2})?$/.test(text)) return undefined;
  return text.includes('.') || text.length === 2 ? Number(text) : Number(text) / 10 ** (text.length - 2);
}

export function placesIn(typed: string): number[] {
  return typed
    .split(/[\s,，、]+/)
    .filter((code) => /^\d{6}$/.test(code))
    .map(Number);
}

export interface Shown {
  row: GateCheck;
  /** from the scan to the verdict, ms */
  took: number;
}

export function bodyOf(readings: Readings, now: number) {
  const hours = Number(readings.certificateHours.replace(',', '.'));
  return {
    health: readings.health,
    travel: readings.travel,
    temperature: degrees(readings.temperature),
    certificate_at:
      readings.certificateHours.trim() && Number.isFinite(hours) ? toIso(now - hours * 3_600_000) : undefined,
    places: placesIn(readings.places),
  };
}

function alarm(row: GateCheck) {
  const grave = forbidsPassing(row.verdict);
  chime(grave);
  if (row.verdict !== 'pass') navigator.vibrate?.(grave ? [200, 80, 200, 80, 200] : 120);
}

export function useCheck(gate: string, kit: Kit) {
  const queries = useQueryClient();
  const [shown, setShown] = useState<Shown>();
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const current = useRef<Shown>(undefined);
  useEffect(() => {
    current.current = shown;
  }, [shown]);

  const fail = useCallback(
    (why: Failure) => {
      if (why.kind === 'signed_out') void queries.invalidateQueries({ queryKey: sessionKey });
      setFailure(why);
      setBusy(false);
    },
    [queries],
  );

  /** Sends, reads the record back, shows it. */
  const step = useCallback(
    async (operation: string, check: string, body: Record<string, unknown>, since: number) => {
      const done = await command(operation, body);
      if (done.kind !== 'ok') {
        fail(done);
        return undefined;
      }
      const { row } = await ask<OneRow<GateCheck>>(`/v1/gates/checks/${check}`);
      const next = { row, took: performance.now() - since };
      setShown(next);
      setFailure(undefined);
      setBusy(false);
      void queries.invalidateQueries({ queryKey: ['list', 'gates'] });
      return next;
    },
    [fail, queries],
  );

  const scan = useCallback(
    async (documentNumber: string, readings: Readings, since: number) => {
      setShown(undefined);
      setFailure(undefined);
      setBusy(true);
      const who = await resolvePerson(
        { document_number: documentNumber, ...(readings.name ? { name: readings.name } : {}) },
        kit,
      );
      if (who.kind !== 'ok') {
        fail(who);
        return false;
      }
      const check = kit.newId();
      const next = await step(
        'gates/check_person',
        check,
        { check, gate, person: who.value, ...bodyOf(readings, serverNow()) },
        since,
      );
      if (next) alarm(next.row);
      return next !== undefined;
    },
    [fail, gate, kit, step],
  );

  /** What was seen at the second look, added to the record. */
  const renew = useCallback(
    async (readings: Readings) => {
      const row = current.current?.row;
      if (!row) return;
      setBusy(true);
      const next = await step(
        'gates/recheck_person',
        row.id,
        { check: row.id, ...bodyOf(readings, serverNow()) },
        performance.now(),
      );
      if (next) alarm(next.row);
    },
    [step],
  );

  const act = useCallback(
    async (operation: string) => {
      const row = current.current?.row;
      if (!row) return;
      setBusy(true);
      await step(`gates/${operation}`, row.id, { check: row.id }, performance.now());
    },
    [step],
  );

  return { shown, failure, isBusy, scan, renew, act, clear: () => setShown(undefined) };
}
