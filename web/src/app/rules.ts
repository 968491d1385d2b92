import type { RuleEntry } from '@/api/views';
import { pick } from './i18n';

export function ruleTitle(entry: RuleEntry): string {
  const words = entry.name ?? entry.meaning;
  return words ? pick(words) : '';
}

/** Units that say how a value is written, not what it counts. */
const wordless = ['table', 'text', 'flag', 'clock'];

function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${plainText(part)}`)
    .join('; ');
}

type Say = (key: string, fallback: string) => string;

/** A value as people read it: number and unit, "not allowed", "no rule", "local": never a zero for any of these. */
export function valueText(entry: Pick<RuleEntry, 'state' | 'value' | 'unit'>, say: Say): string {
  if (entry.state && entry.state !== 'value') return say(`choice.value_state.${entry.state}`, entry.state);
  if (entry.value === undefined || entry.value === null || entry.value === '') return '';
  const value = plainText(entry.value);
  return entry.unit && !wordless.includes(entry.unit)
    ? `${value} ${say(`choice.rule_unit.${entry.unit}`, entry.unit)}`
    : value;
}
