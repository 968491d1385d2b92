/**
 * Every command says from which device it comes and its place in that device's order (domain model §1, offline capture).
 * A browser tab is a device of its own, so that two tabs do not count each other's gaps.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const nameKey = 'fx.device';
const seqKey = 'fx.device_seq';

export function deviceName(): string {
  const kept = sessionStorage.getItem(nameKey);
  if (kept) return kept;
  const made = 'web-' + newKey().slice(0, 13);
  sessionStorage.setItem(nameKey, made);
  return made;
}

export function nextSequence(): number {
  return Number(sessionStorage.getItem(seqKey) ?? '0') + 1;
}

/** Only an answered command uses its number up: an unanswered one is sent again under the same number. */
export function sequenceUsed(sequence: number): void {
  sessionStorage.setItem(seqKey, String(sequence));
}
