/**
 * New things get their id from whoever records them, so that sending twice cannot make two (kernel-notes §9): 48 bits of
 * milliseconds · version 8 · 12 bits of chance · variant · 20 bits home county · 42 bits of chance, as on the server.
 */
export function makeId(
  home: number,
  now: number,
  chance: Uint8Array = crypto.getRandomValues(new Uint8Array(8)),
): string {
  const byte = (at: number) => BigInt(chance[at] ?? 0);
  const counter = ((byte(0) << 8n) | byte(1)) & 0xfffn;
  let rest = 0n;
  for (let at = 2; at < 8; at += 1) rest = (rest << 8n) | byte(at);
  const high = (BigInt(Math.floor(now)) << 16n) | 0x8000n | counter;
  const low = (2n << 62n) | ((BigInt(home) & 0xfffffn) << 42n) | (rest & 0x3ffffffffffn);
  const hex = high.toString(16).padStart(16, '0') + low.toString(16).padStart(16, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id a printed code spells: two devices without network that meet the same unknown label mean the same tube. */
export async function idOfCode(home: number, code: string): Promise<string> {
  const hash = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`tube\n${code}`)),
  );
  const time = hash.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return makeId(home, time, hash.subarray(6, 14));
}

/** The county a thing lives in: part of its id for good. */
export function homeOf(id: string): number {
  return Number((BigInt('0x' + id.replace(/-/g, '').slice(16)) >> 42n) & 0xfffffn);
}
