/** Why a duty exists and why it is due then: rule and version, clause, opening event, arithmetic, steps of the ladder. */
import { useWhy } from '@/api/queries';
import type { DutyRow } from '@/api/views';
import { ruleWords } from './DutyPane';
import { RuleAnswer } from './RuleAnswer';

export default function WhyDrawer({ duty, close }: { duty: DutyRow; close: () => void }) {
  const query = useWhy(duty.no);
  return (
    <RuleAnswer
      title={ruleWords(duty)}
      rule={duty.rule}
      query={query}
      close={close}
      known={(answer) => answer}
    />
  );
}
