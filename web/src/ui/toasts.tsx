/** Short messages at the foot of the page, in a live region, gone after a while. What must be read stays in the form. */
import { useEffect, useSyncExternalStore } from 'react';

export interface Toast {
  tone: 'good' | 'error' | 'info';
  text: string;
}

let shown: (Toast & { id: number })[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: typeof shown) {
  shown = next;
  for (const listener of listeners) listener();
}

export function tell(toast: Toast): void {
  const id = nextId;
  nextId += 1;
  change([...shown.slice(-2), { ...toast, id }]);
}

export function Toasts() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  useEffect(() => {
    if (toasts.length === 0) return undefined;
    const timer = setTimeout(() => change(shown.slice(1)), 6000);
    return () => clearTimeout(timer);
  }, [toasts]);
  return (
    <div className="toasts no-print" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className="banner"
          data-tone={toast.tone}
          data-testid="toast"
          data-toast={toast.id}
        >
          {toast.text}
        </div>
      ))}
    </div>
  );
}
