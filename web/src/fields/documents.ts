/** Documents other than the resident card: the same forms as the server accepts, so that a slip is heard at once. */

export interface Document {
  /** A `DocumentType` of the API. */
  type: string;
  number: string;
}

export const residentId = 'resident_id';

const forms: Record<string, RegExp> = {
  passport: /^[A-Z\d]{5,17}$/,
  hkm_travel_permit: /^[HM](\d{8}|\d{10})$/,
  taiwan_travel_permit: /^\d{8}$/,
  foreign_permanent: /^(9\d{16}[\dX]|[A-Z]{3}\d{12})$/,
  birth_certificate: /^[A-Z]\d{9}$/,
  military_id: /^.{1,40}$/,
};

/** What may stand on a field page beside the resident card, the usual first. */
export const otherDocuments: readonly string[] = Object.keys(forms);

/** In the form in which numbers are compared; nothing when it is no number of such a document. */
export function readDocument(type: string, typed: string): Document | undefined {
  const number = typed.replace(/[\s-]/g, '').toUpperCase();
  return forms[type]?.test(number) ? { type, number } : undefined;
}

/** The residence permits of Hong Kong, Macao and Taiwan are built like the resident card. */
export function eighteenDigits(number: string): Document {
  const isPermit = /^8[123]0000/.test(number);
  return { type: isPermit ? 'residence_permit' : residentId, number };
}

/** Names a document on one device. */
export const tagText = ({ type, number }: Document): string =>
  type === residentId ? number : `${type} ${number}`;
