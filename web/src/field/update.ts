/** A new version of the app waits until somebody with an empty queue takes it. */
import { useEffect, useState } from 'react';
import { registerSW } from 'virtual:pwa-register';

export function useAppUpdate(): { ready: boolean; apply: () => void } {
  const [apply, setApply] = useState<() => void>();
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const update = registerSW({
      immediate: true,
      onNeedRefresh: () => setApply(() => () => void update(true)),
    });
  }, []);
  return { ready: apply !== undefined, apply: apply ?? (() => undefined) };
}
