/** New label codes: prefix, eight Crockford signs, check sign. The server refuses a number already used (R-TUB-11). */
import { labelCheck } from '@/ui/scan';

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function makeCode(
  prefix: 'T' | 'B',
  chance: Uint8Array = crypto.getRandomValues(new Uint8Array(8)),
): string {
  const body = [...chance].map((byte) => digits.charAt(byte % 32)).join('');
  return prefix + body + labelCheck(body);
}
