/** The verdict: a band across the page, with colour, word, shape and reasons; read aloud, and heard and felt elsewhere. */
import { useTranslation } from 'react-i18next';
import { useServerNow } from '@/api/clock';
import { useRule } from '@/api/queries';
import { toInstant } from '@/ui/time';
import type { Shown } from './useCheck';
import { forbidsPassing, type Verdict } from './verdict';

const tones: Record<Verdict, 'good' | 'warning' | 'error'> = {
  pass: 'good',
  second_check: 'warning',
  fever_clinic: 'error',
  red_channel: 'error',
};
const shapes = { good: '●', warning: '▲', error: '■' } as const;

/** Seconds in which a slip may still be undone [G.undo_s]; the server decides. */
export function useUndoRest(shown: Shown | undefined): number {
  const now = useServerNow();
  const rule = useRule({ id: 'G.undo_s' });
  const row = shown?.row;
  const seconds = Number(rule.data?.value ?? 0);
  if (!row?.decided_at || forbidsPassing(row.verdict)) return 0;
  return Math.max(0, seconds - Math.floor((now - toInstant(row.decided_at)) / 1000));
}

export function VerdictBand({ shown, rest }: { shown: Shown | undefined; rest: number }) {
  const { t } = useTranslation();
  const row = shown?.row;
  const tone = row ? tones[row.verdict] : 'plain';
  return (
    <div
      className="verdict"
      role="status"
      aria-live="assertive"
      aria-atomic="true"
      data-tone={tone}
      data-testid="verdict"
      data-verdict={row?.verdict ?? ''}
      data-outcome={row?.outcome ?? ''}
      data-took={shown ? Math.round(shown.took) : ''}
    >
      {row ? (
        <>
          <span className="verdict-word">
            <span aria-hidden="true">{shapes[tones[row.verdict]]} </span>
            {row.outcome === 'checked'
              ? t(`choice.verdict.${row.verdict}`)
              : t(`choice.outcome.${row.outcome}`)}
          </span>
          <span>{(row.reasons ?? []).map((reason) => t(`choice.reasons.${reason}`)).join(' · ')}</span>
          {rest > 0 && <span className="small">{t('gates.undo_rest', { n: rest })}</span>}
        </>
      ) : (
        <span>{t('gates.next')}</span>
      )}
    </div>
  );
}
