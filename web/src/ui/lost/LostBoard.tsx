/**
 * Everybody lost, as one list: 脱管 失管 漏管, the longest overdue first, each with who answers for it, until when, and the
 * way to the person. Computed by the server from what is owed; nobody types that somebody is lost.
 */
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLost } from '@/api/queries';
import type { LostLine, PersonCard } from '@/api/views';
import { PersonWords } from '@/ui/cells';
import { AboutLink, DutyCard } from '@/ui/DutyPane';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Late, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';
import { losses, ordered, type Loss } from './lost';

export function LostBoard() {
  const { t } = useTranslation();
  const query = useLost();
  const [only, setOnly] = useState<Loss>();
  const retry = () => void query.refetch();
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failed failure={failureIn(query.error)} retry={retry} />;
  const lost = query.data;
  const lines = ordered(lost.lines, only);
  return (
    <div className="trajectory" data-testid="alarms">
      {query.isError && <Late asOf={formatMoment(toInstant(lost.as_of.at))} retry={retry} />}
      <div className="filters" role="group" aria-label={t('lost.kinds')}>
        {losses.map((loss) => (
          <button
            key={loss}
            type="button"
            className="toggle"
            aria-pressed={only === loss}
            title={t(`lost.hint.${loss}`)}
            data-testid={`lost-${loss}`}
            onClick={() => setOnly(only === loss ? undefined : loss)}
          >
            <Mark tone={lost[loss] > 0 ? 'error' : 'good'}>
              {t(`lost.loss.${loss}`)} {lost[loss]}
            </Mark>
          </button>
        ))}
      </div>
      {!lost.whole && <p className="quiet small">{t('lost.cut', { n: lost.lines.length })}</p>}
      {lines.length === 0 && <Empty title={t('lost.none')}>{t('lost.none_hint')}</Empty>}
      <ol className="lost-lines">
        {lines.map((line) => (
          <Line key={`${line.duty.no}${line.list_line ?? ''}`} line={line} persons={lost.persons} />
        ))}
      </ol>
    </div>
  );
}

function Line({ line, persons }: { line: LostLine; persons: Record<string, PersonCard> }) {
  const { t } = useTranslation();
  return (
    <li data-testid="lost-line" data-reason={line.reason}>
      <p className="duty-line">
        <Mark tone={line.loss === 'missed' ? 'warning' : 'error'}>
          {t(`lost.loss.${line.loss}`)} · {t(`lost.reason.${line.reason}`, { n: line.times })}
        </Mark>
        {line.person && (
          <Link to="/people/$id" params={{ id: line.person }}>
            <PersonWords card={persons[line.person]} id={line.person} />
          </Link>
        )}
        {line.list_line && <AboutLink kind="list_line" id={line.list_line} />}
      </p>
      <DutyCard duty={line.duty} testId="alarm" />
    </li>
  );
}
