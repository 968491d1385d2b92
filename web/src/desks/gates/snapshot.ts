/**
 * What a gate takes along to judge without the server, as GET /v1/gates/snapshot gives it: values, places, versions, and
 * the control list as keyed tokens of document numbers. Its signature is Ed25519 over the bytes of `payload`.
 */
import { forbidsPassing, judge, type GateRules, type Judged, type Observed } from './verdict';

export interface SignedSnapshot {
  id: string;
  /** JSON of a Snapshot: signed as it is, byte by byte */
  payload: string;
  signature: string;
  public_key: string;
}
export interface Snapshot {
  gate: string;
  kind: string;
  shift?: string | null;
  county: number;
  issued_at: string;
  valid_until?: string | null;
  rulebook: string;
  rules: GateRules;
  history_d: number;
  key_classes: string[];
  list_version: number;
  places: { place: number; class: string }[];
  salt: string;
  stopped: string[];
  unclassed: string[];
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The first 8 bytes of HMAC-SHA-256 of a document number under the snapshot's own salt. */
export async function tokenOf(documentNumber: string, salt: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', bytesOf(salt), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(documentNumber));
  return hexOf(new Uint8Array(mac)).slice(0, 16);
}

/** Did the server sign these bytes? `undefined`: this browser cannot tell (no Ed25519). */
export async function isSigned(snapshot: SignedSnapshot): Promise<boolean | undefined> {
  try {
    const key = await crypto.subtle.importKey('raw', bytesOf(snapshot.public_key), 'Ed25519', false, [
      'verify',
    ]);
    return await crypto.subtle.verify(
      'Ed25519',
      key,
      bytesOf(snapshot.signature),
      new TextEncoder().encode(snapshot.payload),
    );
  } catch {
    return undefined;
  }
}

export interface Seen extends Omit<
  Observed,
  'key_region' | 'on_control_list' | 'not_classed' | 'snapshot_age'
> {
  documentNumber: string;
  /** Kind of document; absent: a resident identity card. */
  documentType?: string;
  places: number[];
  historySettled: boolean;
}

const codesAbove = (place: number) => [
  place,
  Math.floor(place / 100) * 100,
  Math.floor(place / 10000) * 10000,
];

/** The verdict by a snapshot at that moment (ms since 1970). */
export async function judgeBy(snapshot: Snapshot, seen: Seen, now: number): Promise<Judged> {
  const token = await tokenOf(seen.documentNumber, snapshot.salt);
  const codes = new Set(seen.places.flatMap(codesAbove));
  const listed = snapshot.places.some(
    (entry) => codes.has(entry.place) && snapshot.key_classes.includes(entry.class),
  );
  return judge(
    {
      health: seen.health,
      travel: seen.travel,
      temperature: seen.temperature,
      certificate_age: seen.certificate_age,
      key_region: listed && !seen.historySettled,
      on_control_list: snapshot.stopped.includes(token),
      not_classed: snapshot.unclassed.includes(token),
      snapshot_age: (now - Date.parse(snapshot.issued_at)) / 60_000,
    },
    snapshot.rules,
  );
}

export { forbidsPassing };
