/** What is left of a duty, from the server's clock: the number, its words' parts and its colour. */
import { day, hour, minute } from './time';

export type Urgency = 'overdue' | 'soon' | 'calm';

export interface Rest {
  urgency: Urgency;
  /** Always positive: time left, or time since. */
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** Red when the time is over, amber under one hour, else neutral (ui.md §1). Due exactly now is not yet overdue. */
export function restOf(dueAt: number, now: number): Rest {
  const left = dueAt - now;
  const size = Math.abs(left);
  return {
    urgency: left < 0 ? 'overdue' : left < hour ? 'soon' : 'calm',
    days: Math.floor(size / day),
    hours: Math.floor((size % day) / hour),
    minutes: Math.floor((size % hour) / minute),
    seconds: Math.floor((size % minute) / 1000),
  };
}

const two = (value: number) => String(value).padStart(2, '0');

/** `2 d 03:15`, `03:15:00`, or `14:09` under one hour; the day word comes from the caller's language. */
export function restDigits(rest: Rest, dayWord: string): string {
  if (rest.days > 0) return `${rest.days} ${dayWord} ${two(rest.hours)}:${two(rest.minutes)}`;
  if (rest.hours > 0) return `${two(rest.hours)}:${two(rest.minutes)}:${two(rest.seconds)}`;
  return `${two(rest.minutes)}:${two(rest.seconds)}`;
}
