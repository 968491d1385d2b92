// Without these, a gate that lost the server would judge by another table than the server that repeats it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge, type GateRules, type Judged, type Observed } from './verdict';

interface Case {
  observed: Observed;
  rules: GateRules;
  judged: Judged;
}

describe('verdict at a gate', () => {
  const cases = JSON.parse(
    readFileSync(join(process.cwd(), '../tests/golden/gate_verdicts.json'), 'utf8'),
  ) as Case[];

  it('is the server’s, case by case', () => {
    expect(cases.length).toBeGreaterThan(400);
    for (const { observed, rules, judged } of cases) expect(judge(observed, rules)).toEqual(judged);
  });
});
