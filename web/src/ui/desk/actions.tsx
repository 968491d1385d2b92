/** The buttons of what may be done, and the form of the one chosen. One without fields runs at once. */
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf, mayRun } from '@/api/catalogue';
import { serverNow } from '@/api/clock';
import type { Done, Failure } from '@/api/outcome';
import { useSession } from '@/api/session';
import { makeId } from '@/fields/ids';
import { OperationForm } from '../form/OperationForm';
import type { Values } from '../form/fields';
import { useOperation } from '../form/useOperation';
import { FailureText } from '../States';
import type { Action, Kit } from './types';

export function useKit(): Kit {
  const session = useSession();
  return useMemo(
    () => ({
      session,
      get now() {
        return serverNow();
      },
      newId: () => makeId(session.unit.jurisdiction, serverNow()),
    }),
    [session],
  );
}

export function keyOf(action: { key?: string; operation: string }): string {
  return action.key ?? action.operation.replace('/', '.');
}

export function allowedFor<Row>(actions: Action<Row>[], row: Row, kit: Kit): Action<Row>[] {
  return actions.filter(
    (action) => mayRun(action.operation, kit.session.roles) && (action.when?.(row, kit) ?? true),
  );
}

export function fieldsFor<Row>(action: Action<Row>, fixed: Values) {
  const omit = new Set([...Object.keys(fixed), ...(action.omit ?? [])]);
  const fields = [...(action.extra ?? []), ...fieldsOf(action.operation, omit, action.fields)];
  const place = (name: string) => {
    const at = action.order?.indexOf(name) ?? -1;
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return fields.sort((a, b) => place(a.name) - place(b.name));
}

interface BarProps<Row> {
  actions: Action<Row>[];
  row: Row;
  open: (key: string) => void;
}

export function ActionBar<Row>({ actions, row, open }: BarProps<Row>) {
  const { t } = useTranslation();
  const kit = useKit();
  const allowed = allowedFor(actions, row, kit);
  const [isEarlier, setEarlier] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);
  if (allowed.length === 0) return null;
  // One blue button at most: what is usually done next.
  const next = allowed.find((action) => action.primary);
  const quick = (action: Action<Row>) =>
    !isEarlier &&
    !action.form &&
    !action.review &&
    fieldsFor(action, action.fixed?.(row, kit) ?? {}).length === 0;
  return (
    <div>
      <div className="actions" role="group" aria-label={t('desk.actions')}>
        {allowed.map((action) =>
          quick(action) ? (
            <QuickAction
              key={keyOf(action)}
              action={action}
              row={row}
              isNext={action === next}
              fail={setFailure}
            />
          ) : (
            <Button
              key={keyOf(action)}
              type={action === next ? 'primary' : 'default'}
              danger={action.danger === true}
              data-testid={`action-${keyOf(action)}`}
              onClick={() => open(keyOf(action))}
            >
              {t(`op.${keyOf(action)}`)}
            </Button>
          ),
        )}
      </div>
      {failure && (
        <div className="summary" ref={summary} tabIndex={-1}>
          <FailureText failure={failure} />
        </div>
      )}
      {allowed.some((action) => !action.form) && (
        <label className="tick small quiet">
          <input type="checkbox" checked={isEarlier} onChange={(event) => setEarlier(event.target.checked)} />
          {t('desk.earlier')}
        </label>
      )}
    </div>
  );
}

interface QuickProps<Row> {
  action: Action<Row>;
  row: Row;
  isNext: boolean;
  fail: (failure: Failure | undefined) => void;
}

function QuickAction<Row>({ action, row, isNext, fail }: QuickProps<Row>) {
  const { t } = useTranslation();
  const kit = useKit();
  const { run, failure, isPending } = useOperation(action.operation);
  useEffect(() => fail(failure), [failure, fail]);
  return (
    <Button
      type={isNext ? 'primary' : 'default'}
      danger={action.danger === true}
      loading={isPending}
      data-testid={`action-${keyOf(action)}`}
      onClick={() => void run(action.fixed?.(row, kit) ?? {})}
    >
      {t(`op.${keyOf(action)}`)}
    </Button>
  );
}

function prepareOf<Row>({ prepare }: Action<Row>, row: Row, kit: Kit) {
  return prepare ? { prepare: (body: Values) => prepare(body, row, kit) } : {};
}

interface PanelProps<Row> {
  action: Action<Row>;
  row: Row;
  close: (done?: Done) => void;
}

/** The chosen action's form. Ids it makes are made once, when it opens, so that a second try names the same thing. */
export function ActionPanel<Row>({ action, row, close }: PanelProps<Row>) {
  const { t } = useTranslation();
  const kit = useKit();
  const [fixed] = useState(() => action.fixed?.(row, kit) ?? {});
  const [initial] = useState(() => action.initial?.(row, kit) ?? {});
  const Form = action.form;
  return (
    <section aria-label={t(`op.${keyOf(action)}`)} data-testid={`panel-${keyOf(action)}`}>
      <div className="pane-head">
        <h2>{t(`op.${keyOf(action)}`)}</h2>
      </div>
      {Form ? (
        <Form row={row} kit={kit} onDone={() => close()} onCancel={() => close()} />
      ) : (
        <OperationForm
          operation={action.operation}
          title={`op.${keyOf(action)}`}
          fields={fieldsFor(action, fixed)}
          fixed={fixed}
          initial={initial}
          danger={action.danger ?? false}
          review={action.review ?? false}
          {...prepareOf(action, row, kit)}
          onDone={close}
          onCancel={() => close()}
        />
      )}
    </section>
  );
}
