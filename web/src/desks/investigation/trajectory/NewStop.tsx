/** One more stop: a stay asks for the place, a trip for service and seat; it begins where the one before ended. */
import { useMemo, useState } from 'react';
import { fieldsOf } from '@/api/catalogue';
import { useKit } from '@/ui/desk/actions';
import { OperationForm } from '@/ui/form/OperationForm';
import { formatFull, toInstant } from '@/ui/time';

interface Props {
  caseId: string;
  kind: 'stay' | 'trip';
  from: string | undefined;
  close: () => void;
}

const seats = ['service', 'carriage', 'row', 'seat'];
export const trips = ['plane', 'train', 'coach', 'bus', 'ship', 'taxi', 'car', 'walk'];

export function NewStop({ caseId, kind, from, close }: Props) {
  const kit = useKit();
  const [stop] = useState(() => kit.newId());
  const fixed = {
    stop,
    case_id: caseId,
    ...(kind === 'stay' ? { kind: 'stay' } : { setting: 'transport' }),
  };
  const fields = useMemo(
    () =>
      fieldsOf(
        'investigation/record_stop',
        ['stop', 'case_id', ...(kind === 'stay' ? ['kind', ...seats] : ['setting'])],
        kind === 'trip' ? { kind: { choices: trips, label: 'field.vehicle_kind' } } : {},
      ),
    [kind],
  );
  return (
    <div className="card">
      <OperationForm
        operation="investigation/record_stop"
        fields={fields}
        fixed={fixed}
        initial={{
          known_by: 'interview',
          ...(from ? { from: formatFull(toInstant(from)).slice(0, 16) } : {}),
        }}
        onCancel={close}
      />
    </div>
  );
}
