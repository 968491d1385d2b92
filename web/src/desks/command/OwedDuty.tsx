/** A duty that was opened by mistake is cancelled by an authority above who owes it, with the reason; never forgotten by the way. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf, mayRun } from '@/api/catalogue';
import { useSession } from '@/api/session';
import type { DutyRow } from '@/api/views';
import { DutyCard } from '@/ui/DutyPane';
import { OperationForm } from '@/ui/form/OperationForm';

const operation = 'command/cancel_duty';

export function OwedDuty({ duty, testId }: { duty: DutyRow; testId: string }) {
  const { t } = useTranslation();
  const { roles, unit } = useSession();
  const [isOpen, setOpen] = useState(false);
  // Nobody cancels what is owed by their own unit.
  const mayCancel = mayRun(operation, roles) && duty.debtor_unit !== unit.id;
  return (
    <DutyCard duty={duty} testId={testId}>
      {mayCancel && !isOpen && (
        <button
          type="button"
          className="link-button small"
          data-testid="cancel-duty"
          onClick={() => setOpen(true)}
        >
          {t('op.command.cancel_duty')}
        </button>
      )}
      {isOpen && (
        <OperationForm
          operation={operation}
          fields={fieldsOf(operation, ['duty'])}
          fixed={{ duty: duty.no }}
          danger
          review
          onDone={() => setOpen(false)}
          onCancel={() => setOpen(false)}
        />
      )}
    </DutyCard>
  );
}
