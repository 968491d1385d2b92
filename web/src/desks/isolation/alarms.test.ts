// Without this, somebody who walked out could be no alarm until the time to find them is over.
import { expect, it } from 'vitest';
import { isAlarm, lossOf } from './alarms';

const now = Date.parse('2022-07-17T21:30:00+08:00');

it('cries at once for who left, else when the time is over', () => {
  expect(isAlarm({ rule: 'OB-F5', due_at: '2022-07-17T22:00:00+08:00' }, now)).toBe(true);
  expect(isAlarm({ rule: 'OB-F3', due_at: '2022-07-17T22:00:00+08:00' }, now)).toBe(false);
  expect(isAlarm({ rule: 'OB-F3', due_at: '2022-07-17T21:00:00+08:00' }, now)).toBe(true);
});

it('knows which loss a rule tells', () => {
  expect(['OB-F5', 'OB-F2.test', 'OB-D5', 'OB-E6'].map((rule) => lossOf({ rule }))).toEqual([
    'left',
    'missed',
    'never',
    undefined,
  ]);
});
