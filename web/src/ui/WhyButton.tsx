/** Asks why, and opens the answer beside. */
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  testId: string;
  /** Of what, for those who hear the screen. */
  words?: string;
  /** The drawer with the answer; it may be loaded when asked for. */
  answer: (close: () => void) => React.ReactNode;
}

export function WhyButton({ testId, words, answer }: Props) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <button
        type="button"
        className="link-button small"
        aria-haspopup="dialog"
        data-testid={testId}
        onClick={() => setAsked(true)}
      >
        {t('duties.why')}
        {words && <span className="only-read"> {words}</span>}
      </button>
      {isAsked && <Suspense>{answer(() => setAsked(false))}</Suspense>}
    </>
  );
}
