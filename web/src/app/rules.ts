import type { RuleEntry } from '@/api/views';
import { pick } from './i18n';

export function ruleTitle(entry: RuleEntry): string {
  const words = entry.name ?? entry.meaning;
  return words ? pick(words) : '';
}

type Say = (key: string, fallback: string) => string;

/** A value as people read it: number and unit, "not allowed", "no rule", "local": never a zero for any of these. */
export function valueText(entry: Pick<RuleEntry, 'state' | 'value' | 'unit'>, say: Say): string {
  if (entry.state && entry.state !== 'value') return say(`choice.value_state.${entry.state}`, entry.state);
  if (entry.value === undefined || entry.value === null || entry.value === '') return '';
  const value = typeof entry.value === 'object' ? JSON.stringify(entry.value) : String(entry.value);
  return entry.unit ? `${value} ${say(`choice.rule_unit.${entry.unit}`, entry.unit)}` : value;
}
