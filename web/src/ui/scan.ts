/**
 * One scan field understands everything that carries a code, by its first sign: resident number, tube T, box B, room R,
 * person P, pass A, seal S; each label is prefix + eight signs of Crockford's base 32 + check sign. Scanner, camera and typing all end here.
 */
import { readResidentId, type IdFault } from '@/fields/resident_id';

export type LabelKind = 'tube' | 'box' | 'room' | 'person' | 'pass' | 'seal';

export type Scan =
  | { kind: 'resident'; number: string; birth: string; sex: 'male' | 'female' }
  | { kind: 'label'; label: LabelKind; code: string }
  | { kind: 'fault'; fault: IdFault | 'check_character' | 'unknown'; text: string };

const labels: Record<string, LabelKind> = {
  T: 'tube',
  B: 'box',
  R: 'room',
  P: 'person',
  A: 'pass',
  S: 'seal',
};
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checks = digits + '*~$=U';

/** Crockford's check symbol: the number the digits spell, modulo 37. */
export function labelCheck(body: string): string {
  let rest = 0;
  for (const sign of body) rest = (rest * 32 + digits.indexOf(sign)) % 37;
  return checks.charAt(rest);
}

/** Letters a reader mistakes are read as the digit meant: O as 0, I and L as 1. */
function crockford(text: string): string {
  return text.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
}

export function readScan(raw: string, today: string): Scan {
  const text = toHalfWidth(raw).replace(/\s+/g, '').toUpperCase();
  if (/^\d{15}$|^\d{17}[\dX]$/.test(text)) {
    const id = readResidentId(text, today);
    return id.kind === 'good'
      ? { kind: 'resident', number: id.number, birth: id.birth, sex: id.sex }
      : { kind: 'fault', fault: id.fault, text };
  }
  const label = labels[text.charAt(0)];
  const bare = text.slice(1).replace(/-/g, '');
  if (!label || bare.length !== 9) return { kind: 'fault', fault: 'unknown', text };
  const body = crockford(bare.slice(0, -1));
  const check = bare.slice(-1) === 'U' ? 'U' : crockford(bare.slice(-1));
  if (![...body].every((sign) => digits.includes(sign))) return { kind: 'fault', fault: 'unknown', text };
  if (labelCheck(body) !== check) return { kind: 'fault', fault: 'check_character', text };
  return { kind: 'label', label, code: text.charAt(0) + body + check };
}

/** A Chinese input method may hand over full-width signs; they are the same signs. */
function toHalfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

/**
 * Tells a scanner from fingers: keys come by their place on the keyboard (`code`), less than 40 ms apart, and end with
 * Enter. Reading places, not characters, is what keeps an input method out of it.
 */
export class ScanCollector {
  private text_ = '';
  private last_ = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly gap_ = 40,
    private readonly least_ = 6,
  ) {}

  /** One key at time `at` (ms). Gives the whole scan when Enter ends a fast enough run. */
  key(code: string, shift: boolean, at: number): string | undefined {
    const fast = at - this.last_ < this.gap_;
    this.last_ = at;
    if (!fast) this.text_ = '';
    if (code === 'Enter' || code === 'NumpadEnter') {
      const done = this.text_;
      this.text_ = '';
      return done.length >= this.least_ ? done : undefined;
    }
    this.text_ += signOf(code, shift);
    return undefined;
  }
}

function signOf(code: string, shift: boolean): string {
  if (code.startsWith('Key')) return code.slice(3);
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shift ? ({ '8': '*', '4': '$' }[digit] ?? '') : digit;
  return { Minus: '-', Equal: '=', Backquote: '~' }[code] ?? '';
}
