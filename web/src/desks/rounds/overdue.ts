/** Not sampled by the end of the day it was due; days as `YYYY-MM-DD`. */
export function isOverdueOn(row: { due_day?: string }, today: string): boolean {
  return row.due_day !== undefined && row.due_day < today;
}
