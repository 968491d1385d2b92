/** Why a duty exists and why it is due then: rule and version, clause, opening event, arithmetic, steps of the ladder. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWhy } from '@/api/queries';
import type { DutyRow } from '@/api/views';
import { Drawer } from './Drawer';
import { ruleWords } from './DutyPane';
import { Known } from './Known';
import { Failed, failureIn, Loading } from './States';

export default function WhyDrawer({ duty, close }: { duty: DutyRow; close: () => void }) {
  const { t } = useTranslation();
  const why = useWhy(duty.no);
  return (
    <Drawer title={`${t('duties.why_title')} ${ruleWords(duty)}`} close={close}>
      <p>
        <Link to="/rulebook/$id" params={{ id: duty.rule }} search={{}}>
          {duty.rule}
        </Link>
      </p>
      {why.isPending && <Loading />}
      {why.isError && <Failed failure={failureIn(why.error)} retry={() => void why.refetch()} />}
      {why.data && <Known value={why.data} />}
    </Drawer>
  );
}
