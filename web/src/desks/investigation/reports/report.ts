/** A report between the draft of the records and the words of its author. Pure; tested beside. */
import type { CaseReport } from '@/api/views';

export const reportKinds = ['first', 'contacts', 'full', 'public_notice'] as const;
export type ReportKind = (typeof reportKinds)[number];
type Part = CaseReport['parts'][number];

/** What stands in the field: what was typed, else what was saved, else the draft. */
export function wordsOf(part: Part, typed: Record<string, string>): string {
  return typed[part.part] ?? (part.saved || part.draft);
}

/** The parts to be sent: those that differ from what is saved. A part once saved cannot be emptied, only rewritten. */
export function changed(report: CaseReport, typed: Record<string, string>): Record<string, string> {
  const parts = report.parts
    .map((part) => [part.part, wordsOf(part, typed).trim()] as const)
    .filter(([name, words]) => words !== '' && words !== savedOf(report, name));
  return Object.fromEntries(parts);
}

function savedOf(report: CaseReport, name: string): string {
  return report.parts.find((part) => part.part === name)?.saved.trim() ?? '';
}

export type Standing = 'draft' | 'saved' | 'signed' | 'changed';

/** Where the report stands: never saved; saved; signed as it is; saved again after a signature. */
export function standingOf(report: Pick<CaseReport, 'version' | 'signed_version'>): Standing {
  if (report.version === 0) return 'draft';
  if (report.signed_version === 0) return 'saved';
  return report.signed_version === report.version ? 'signed' : 'changed';
}
