/** What stands in the scan field, read as this page needs it: a person by a document, a label, or a fault. */
import { eighteenDigits, readDocument, residentId, type Document } from '@/fields/documents';
import { readScan, type Scan } from '@/ui/scan';

export type FieldScan =
  | { kind: 'person'; document: Document }
  | { kind: 'label'; label: string; code: string }
  | { kind: 'fault'; fault: string; text: string };

/** @param type the document that was said to be shown; labels are labels whatever it is */
export function readField(raw: string, today: string, type: string = residentId): FieldScan {
  const scan: Scan = readScan(raw, today);
  if (scan.kind === 'label') return scan;
  if (type === residentId)
    return scan.kind === 'resident' ? { kind: 'person', document: eighteenDigits(scan.number) } : scan;
  const document = readDocument(type, raw);
  return document ? { kind: 'person', document } : { kind: 'fault', fault: 'document', text: raw.trim() };
}
