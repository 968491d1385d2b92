/**
 * Every command says from which device it comes and its place in that device's order (domain model §1, offline capture).
 * A browser tab is a device of its own, so that two tabs do not count each other's gaps.
 */
const nameKey = 'fx.device';
const seqKey = 'fx.device_seq';

export function deviceName(): string {
  const kept = sessionStorage.getItem(nameKey);
  if (kept) return kept;
  const made =
    'web-' +
    [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
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
