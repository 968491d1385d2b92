/** A side sheet on the platform's own dialog: focus stays inside, Escape closes, the page behind is inert. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export function Drawer({
  title,
  close,
  children,
}: {
  title: string;
  close: () => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-label={title}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <div className="drawer-body">
        <div className="pane-head">
          <h2>{title}</h2>
          <button type="button" className="icon-button plain" onClick={() => dialog.current?.close()}>
            {t('action.close')}
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
