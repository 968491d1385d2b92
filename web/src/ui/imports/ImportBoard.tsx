/** Files in: choose the kind, drop a file or paste from a spreadsheet, see what is wrong cell by cell, put it right, record. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useImportKinds, useImports, type Import } from '@/api/imports';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { BringForm } from './BringForm';
import { ImportCard } from './ImportCard';

/** `only`: a desk whose files are all of one kind. */
export function ImportBoard({ only }: { only?: string }) {
  const { t } = useTranslation();
  const kinds = useImportKinds();
  const imports = useImports();
  const [shown, setShown] = useState<string>();
  if (kinds.isPending || imports.isPending) return <Loading />;
  if (kinds.isError) return <Failed failure={failureIn(kinds.error)} retry={() => void kinds.refetch()} />;
  if (imports.isError)
    return <Failed failure={failureIn(imports.error)} retry={() => void imports.refetch()} />;
  const offered = kinds.data.rows.filter((one) => !only || one.kind === only);
  if (offered.length === 0) return <Empty title={t('imports.none_allowed')} />;
  const rows: Import[] = imports.data.rows.filter((one) => !only || one.kind === only);
  const open = rows.find((one) => one.id === shown) ?? rows[0];
  return (
    <div className="imports" data-testid="imports">
      <BringForm kinds={offered} onBrought={setShown} />
      {rows.length > 1 && (
        <label className="import-choice">
          {t('imports.my_files')}
          <select
            className="field-select"
            value={open?.id ?? ''}
            onChange={(event) => setShown(event.target.value)}
          >
            {rows.map((one) => (
              <option key={one.id} value={one.id}>
                {one.file || t('imports.pasted')} · {t(`imports.state.${one.state}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {open && <ImportCard key={open.id} job={open} />}
    </div>
  );
}
