/** A button of the header with a box below it; Escape and a click elsewhere close it. */
import { useEffect, useRef, useState } from 'react';

interface Props {
  label: string;
  face: React.ReactNode;
  testId?: string;
  children: (close: () => void) => React.ReactNode;
}

export function Pop({ label, face, testId, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', escape);
    };
  }, [isOpen]);
  return (
    <div className="pop" ref={root}>
      <button
        type="button"
        className="icon-button"
        aria-label={label}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        data-testid={testId}
        onClick={() => setOpen(!isOpen)}
      >
        {face}
      </button>
      {isOpen && (
        <div className="pop-box" role="dialog" aria-label={label}>
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
