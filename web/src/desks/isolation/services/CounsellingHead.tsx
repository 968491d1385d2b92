/**
 * Everybody admitted is screened: who still is to be, the soonest due first, answered in the line itself. Read from what is
 * owed, for a counsellor sees no stays.
 */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { mayRun } from '@/api/catalogue';
import { useDuties } from '@/api/queries';
import { useSession } from '@/api/session';
import { pick } from '@/app/i18n';
import { Countdown } from '@/ui/Countdown';
import { Mark } from '@/ui/Mark';
import { FailureText } from '@/ui/States';
import { useOperation } from '@/ui/form/useOperation';

const screening = 'OB-F7.screen';
const operation = 'isolation/screen_counselling';

export function CounsellingHead() {
  const { t } = useTranslation();
  const { roles } = useSession();
  const duties = useDuties();
  const owed = (duties.data?.pages ?? [])
    .flatMap((page) => page.rows)
    .filter((one) => one.rule === screening);
  if (owed.length === 0) return null;
  return (
    <section
      className="card"
      style={{ margin: 12 }}
      aria-label={t('isolation.to_screen')}
      data-testid="to-screen"
    >
      <h2>
        {t('isolation.to_screen')} <Mark tone="warning">{owed.length}</Mark>
      </h2>
      <ul className="answer-lines">
        {owed.map((duty) => (
          <li key={duty.no}>
            <div className="duty-line">
              <b>{duty.about_label ? pick(duty.about_label) : `…${duty.about.slice(-6)}`}</b>
              <Countdown dueAt={duty.due_at} />
            </div>
            {mayRun(operation, roles) && <Screened stay={duty.about} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Screened({ stay }: { stay: string }) {
  const { t } = useTranslation();
  const { run, failure, isPending } = useOperation(operation);
  const say = (needed: boolean) => void run({ stay, needed });
  return (
    <div className="filters answer-line" role="group" aria-label={t('op.isolation.screen_counselling')}>
      <Button loading={isPending} data-testid="screen-no" onClick={() => say(false)}>
        {t('isolation.needs_no_care')}
      </Button>
      <Button type="primary" loading={isPending} data-testid="screen-yes" onClick={() => say(true)}>
        {t('isolation.needs_care')}
      </Button>
      {failure && <FailureText failure={failure} />}
    </div>
  );
}
