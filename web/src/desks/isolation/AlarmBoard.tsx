/** 脱管 失管 漏管 at a glance, each with who answers for it and since when; computed from what is owed, typed by nobody. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '@/api/client';
import { useServerNow } from '@/api/clock';
import type { Page } from '@/api/queries';
import type { DutyRow } from '@/api/views';
import { DutyCard } from '@/ui/DutyPane';
import { Mark } from '@/ui/Mark';
import { Failed, failureIn, Late, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';
import { isAlarm, lossOf, rulesOf, type Loss } from './alarms';

const losses = Object.keys(rulesOf) as Loss[];

function useAlarms() {
  return useQuery({
    queryKey: ['duties', 'alarms'],
    queryFn: ({ signal }) =>
      ask<Page<DutyRow>>(
        '/v1/duties',
        { scope: 'jurisdiction', rule: Object.values(rulesOf).flat().join(','), limit: 500 },
        signal,
      ),
  });
}

export function AlarmBoard() {
  const { t } = useTranslation();
  const query = useAlarms();
  const now = useServerNow();
  const retry = () => void query.refetch();
  if (query.isPending) return <Loading />;
  if (query.isError && !query.data) return <Failed failure={failureIn(query.error)} retry={retry} />;
  const alarms = (query.data?.rows ?? []).filter((duty) => isAlarm(duty, now));
  return (
    <div data-testid="alarms">
      {query.isError && query.data && (
        <Late asOf={formatMoment(toInstant(query.data.as_of.at))} retry={retry} />
      )}
      <div className="alarm-board">
        {losses.map((loss) => {
          const mine = alarms.filter((duty) => lossOf(duty) === loss);
          return (
            <section key={loss} aria-label={t(`isolation.loss.${loss}`)}>
              <h2 className="alarm-head">
                {t(`isolation.loss.${loss}`)}{' '}
                <Mark tone={mine.length > 0 ? 'error' : 'good'}>
                  {t('isolation.alarms', { n: mine.length })}
                </Mark>
              </h2>
              <p className="small quiet">{t(`isolation.loss_hint.${loss}`)}</p>
              {mine.map((duty) => (
                <DutyCard key={duty.no} duty={duty} testId="alarm" />
              ))}
            </section>
          );
        })}
      </div>
    </div>
  );
}
