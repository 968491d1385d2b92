import { unitNameOf, useUnits } from './units';

export function UnitName({ id }: { id: string | null | undefined }) {
  const { byId } = useUnits();
  return <>{unitNameOf(byId, id)}</>;
}
