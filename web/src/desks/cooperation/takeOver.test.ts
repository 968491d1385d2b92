// Without these, a hand-over would name a person and no contact, and the server would refuse each (R-COP-4).
import { describe, expect, it } from 'vitest';
import { takenOver, type ReadContacts } from './takeOver';

const contactsOf: Record<string, string[]> = { wang: ['c1'], zhao: ['c2', 'c3'], nobody: [] };
const read: ReadContacts = (person) =>
  Promise.resolve({ kind: 'ok', value: (contactsOf[person] ?? []).map((id) => ({ id })) });
const over = (...lines: object[]) => takenOver(lines as Record<string, unknown>[], read, () => 'new');

describe('a hand-over', () => {
  it('names the contact of the person', async () => {
    expect(await over({ line: 'a', task: 'take_over', person: 'wang' })).toEqual({
      kind: 'ok',
      value: [{ line: 'a', task: 'take_over', person: 'wang', contact: 'c1' }],
    });
  });

  it('takes all contacts of one person along, the further ones last', async () => {
    const whole = await over(
      { line: 'a', task: 'take_over', person: 'zhao' },
      { line: 'b', task: 'verify', person: 'wang' },
    );
    expect(whole.kind === 'ok' && whole.value.map((line) => [line.line, line.contact])).toEqual([
      ['a', 'c2'],
      ['b', undefined],
      ['new', 'c3'],
    ]);
  });

  it('says by its line who is no contact of ours, and keeps one already named', async () => {
    const whole = await over(
      { line: 'a', task: 'take_over', person: 'wang', contact: 'c9' },
      { line: 'b', task: 'take_over', person: 'nobody' },
    );
    expect(whole.kind === 'faults' && whole.faults.map((fault) => fault.path)).toEqual(['/persons/1/name']);
    const kept = await over({ line: 'a', task: 'take_over', person: 'wang', contact: 'c9' });
    expect(kept.kind === 'ok' && kept.value[0]?.contact).toBe('c9');
  });

  it('tells when the contacts could not be read', async () => {
    const lines = [{ line: 'a', task: 'take_over', person: 'wang' }];
    expect(
      await takenOver(
        lines,
        () => Promise.resolve({ kind: 'unreachable' }),
        () => 'new',
      ),
    ).toEqual({
      kind: 'unreachable',
    });
  });
});
