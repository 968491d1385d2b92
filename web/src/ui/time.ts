/** Beijing time everywhere, whatever the zone of the machine: a fixed +08:00, as on the server. */

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
const zoneOffset = 8 * hour;

/** What lists and events carry: ISO text with zone. */
export function toInstant(iso: string): number {
  return Date.parse(iso);
}

function parts(instant: number) {
  const shifted = new Date(instant + zoneOffset);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    year: String(shifted.getUTCFullYear()).padStart(4, '0'),
    month: two(shifted.getUTCMonth() + 1),
    date: two(shifted.getUTCDate()),
    hours: two(shifted.getUTCHours()),
    minutes: two(shifted.getUTCMinutes()),
    seconds: two(shifted.getUTCSeconds()),
  };
}

/** `MM-DD HH:mm`, the form of every list and duty. */
export function formatMoment(instant: number): string {
  const { month, date, hours, minutes } = parts(instant);
  return `${month}-${date} ${hours}:${minutes}`;
}

/** `YYYY-MM-DD HH:mm:ss`, for titles, print-outs and the clock in the header. */
export function formatFull(instant: number): string {
  const { year, month, date, hours, minutes, seconds } = parts(instant);
  return `${year}-${month}-${date} ${hours}:${minutes}:${seconds}`;
}

export function civilDay(instant: number): string {
  const { year, month, date } = parts(instant);
  return `${year}-${month}-${date}`;
}

/** The form the server takes: `2022-07-17T22:40:00+08:00`. */
export function toIso(instant: number): string {
  const { year, month, date, hours, minutes, seconds } = parts(instant);
  return `${year}-${month}-${date}T${hours}:${minutes}:${seconds}+08:00`;
}

/** Dates as spreadsheets and people write them, in one form: `2022年7月5日`, `7/5`, `2022.7.5` → `2022-07-05`, `07-05`. */
function oneForm(typed: string): string {
  return typed
    .normalize('NFKC')
    .trim()
    .replace('T', ' ')
    .replace(/[./年月]/g, '-')
    .replace('日', ' ')
    .replace(/(?<=^|-)(\d)(?=-)/g, '0$1')
    .replace(/-(\d)(?=\s|$)/g, '-0$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * A moment as it is typed on a number pad: `2240` and `22:40` are today, `0717 2240` and `07-17 22:40` this year,
 * `2022-07-17 22:40` in full; a spreadsheet's `2022/7/17 22:40` and `7月17日 22:40` are the same. Nothing else is guessed.
 */
export function readMoment(typed: string, now: number): number | undefined {
  const text = oneForm(typed);
  const found = /^(?:(?:(\d{4})-)?(\d{2})-?(\d{2}) )?(\d{1,2}):?(\d{2})(?::(\d{2}))?$/.exec(text);
  if (!found) return undefined;
  const today = parts(now);
  const [
    ,
    year = today.year,
    month = today.month,
    date = today.date,
    hours = '',
    minutes = '',
    seconds = '00',
  ] = found;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return instantOf(`${year}-${month}-${date}`, Number(hours), Number(minutes), Number(seconds));
}

/** A day as it is typed: `0315` and `03-15` are this year, `20220315` and `2022-03-15` in full. */
export function readDay(typed: string, now: number): string | undefined {
  const text = oneForm(typed);
  const found = /^(?:(\d{4})-?)?(\d{2})-?(\d{2})$/.exec(text);
  if (!found) return undefined;
  const [, year = parts(now).year, month = '', date = ''] = found;
  const typedDay = `${year}-${month}-${date}`;
  return instantOf(typedDay, 0, 0, 0) === undefined ? undefined : typedDay;
}

/** Full years from birth to a day; born on 29 February, one grows older on 1 March. */
export function ageOn(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

function instantOf(dayText: string, hours: number, minutes: number, seconds: number): number | undefined {
  const [year, month, date] = dayText.split('-').map(Number) as [number, number, number];
  const made = Date.UTC(year, month - 1, date, hours, minutes, seconds) - zoneOffset;
  return civilDay(made) === dayText ? made : undefined;
}
