/** The two things an investigator makes of a row: a contact, or the link to whom infected the case. */
import { useMemo, useState } from 'react';
import { fieldsOf } from '@/api/catalogue';
import type { Met } from '@/api/views';
import { useKit } from '@/ui/desk/actions';
import { OperationForm } from '@/ui/form/OperationForm';
import type { FieldView } from '@/ui/form/fields';
import { contactGrid } from '../contactGrid';
import { contactLine } from './trace';

const relation: FieldView = {
  name: 'kind',
  kind: 'choice',
  label: 'field.relation',
  required: true,
  choices: contactGrid.columns?.find((one) => one.name === 'kind')?.choices ?? [],
};
const worn: FieldView = { name: 'is_protected', kind: 'boolean' };

interface NameProps {
  caseId: string;
  met: Met;
  via: string | undefined;
  close: () => void;
}

export function NameContact({ caseId, met, via, close }: NameProps) {
  const kit = useKit();
  const [line] = useState(() => contactLine(met, { contact: kit.newId(), ...(via ? { via } : {}) }));
  return (
    <OperationForm
      operation="investigation/name_contacts"
      title="trace.name"
      fields={[relation, worn]}
      fixed={{ case_id: caseId }}
      initial={{ kind: 'other' }}
      prepare={({ kind, is_protected: isProtected, ...body }) =>
        Promise.resolve({
          kind: 'ok',
          value: { ...body, contacts: [{ ...line, kind, ...(isProtected ? { is_protected: true } : {}) }] },
        })
      }
      onDone={close}
      onCancel={close}
    />
  );
}

export function LinkInfector({
  caseId,
  infector,
  close,
}: {
  caseId: string;
  infector: string;
  close: () => void;
}) {
  const fields = useMemo(() => fieldsOf('investigation/link_infector', ['case_id', 'infector']), []);
  return (
    <OperationForm
      operation="investigation/link_infector"
      fields={fields}
      fixed={{ case_id: caseId, infector }}
      initial={{ strength: 'presumed' }}
      onDone={close}
      onCancel={close}
    />
  );
}
