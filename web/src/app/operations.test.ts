// Without this, an operation could be in the server and on no screen: its duty opens, and nobody can meet it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allOperations } from '@/api/catalogue';

/** Called by something else than a screen, and why. */
const noScreen: Record<string, string> = {
  'screening/record_external_result': 'HL7 and files of other laboratories bring it (imports)',
  'screening/record_wells': 'a file of the instrument brings it (imports)',
  'investigation/record_historic_case': 'a line list brings it (imports)',
  'gates/record_code_answer': 'the health code service answers (machine)',
  'isolation/record_visit': 'always refused: it is there to say by which rule nobody visits',
};

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' || entry.name === 'words' ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

const src = join(process.cwd(), 'src');
const files = sources(src).map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** As forms name it, as the queue of a device does, or, on a page of its own desk, by its last part: `act('undo_outcome')`. */
function isNamed(operation: string): boolean {
  const [desk = '', name = ''] = operation.split('/');
  const home = join(src, 'desks', desk);
  return files.some(
    ({ path, text }) =>
      text.includes(`'${operation}'`) ||
      text.includes(`'${desk}.${name}'`) ||
      (path.startsWith(home) && text.includes(`'${name}'`)),
  );
}

describe('operations of the API', () => {
  it('are on a screen, or it is said why not', () => {
    const missing = allOperations().filter((operation) => !isNamed(operation) && !(operation in noScreen));
    expect(missing).toEqual([]);
  });

  it('are not excused once they have a screen', () => {
    expect(Object.keys(noScreen).filter(isNamed)).toEqual([]);
    const known = allOperations();
    expect(Object.keys(noScreen).filter((one) => !known.includes(one))).toEqual([]);
  });
});
