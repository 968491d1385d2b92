/** A visit as the index of visits takes it. Pure; tested beside. */

/** Division and name of a place, or a service and its day: the same words for the same place, as a stop of a case is named. */
export function placeName(typed: Record<string, unknown>): string {
  const text = (field: string) => (typed[field] === undefined ? '' : String(typed[field]).trim());
  if (text('service')) return `service ${text('service')} ${text('from').slice(0, 10)}`;
  return text('place') ? `${text('division') || '0'} ${text('place')}` : '';
}

export function visitLine(typed: Record<string, unknown>, person: string): Record<string, unknown> {
  return {
    person,
    place: placeName(typed),
    from: typed.from,
    until: typed.until,
    section: typed.section ?? 0,
    row: typed.row ?? 0,
    known_by: typed.known_by ?? 'registration',
    is_protected: typed.is_protected === true,
  };
}
