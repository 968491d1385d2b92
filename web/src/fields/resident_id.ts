/** Resident identity number, GB 11643-1999: the same check as the server makes, so that a slip of the keyboard is heard at once. */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const symbols = '10X98765432';

export type IdFault = 'length' | 'digits' | 'birth_date' | 'birth_in_future' | 'check_digit';

export type IdReading =
  { kind: 'good'; number: string; birth: string; sex: 'male' | 'female' } | { kind: 'bad'; fault: IdFault };

/** The check character of the first 17 digits. */
export function checkCharacter(first17: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first17.charAt(at)), 0);
  return symbols.charAt(sum % 11);
}

/** A 15-digit number of before 1999, written as today's 18 digits: "19" before the year, check character at the end. */
export function widen15(old: string): string {
  const first17 = old.slice(0, 6) + '19' + old.slice(6);
  return first17 + checkCharacter(first17);
}

/** @param today the realm's civil day, `YYYY-MM-DD` (the simulated clock, not this machine's) */
export function readResidentId(typed: string, today: string): IdReading {
  const bare = typed.replace(/[\s-]/g, '').toUpperCase();
  const number = /^\d{15}$/.test(bare) ? widen15(bare) : bare;
  if (number.length !== 18) return { kind: 'bad', fault: 'length' };
  if (!/^\d{17}[\dX]$/.test(number)) return { kind: 'bad', fault: 'digits' };
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isRealDay(birth)) return { kind: 'bad', fault: 'birth_date' };
  if (birth > today) return { kind: 'bad', fault: 'birth_in_future' };
  if (checkCharacter(number.slice(0, 17)) !== number.charAt(17)) return { kind: 'bad', fault: 'check_digit' };
  return { kind: 'good', number, birth, sex: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' };
}

export function isRealDay(day: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return false;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const made = new Date(Date.UTC(year, month - 1, date));
  return year >= 1850 && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
}
