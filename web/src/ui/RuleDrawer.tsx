/** What an entry of the rulebook said at a moment: its value, whence it has it, and why that edition and place decided. */
import { useTranslation } from 'react-i18next';
import { useRule, type AskedRule } from '@/api/queries';
import { ruleTitle, valueText } from '@/app/rules';
import { RuleAnswer } from './RuleAnswer';

export default function RuleDrawer({ rule, close }: { rule: AskedRule; close: () => void }) {
  const { t } = useTranslation();
  const query = useRule(rule);
  return (
    <RuleAnswer
      title={query.data ? ruleTitle(query.data) : rule.id}
      rule={rule.id}
      query={query}
      close={close}
      known={(entry) => ({
        rule_value: valueText(entry, t),
        profile: entry.profile,
        source: entry.source,
        evidence: entry.evidence,
        remark: entry.note,
        reason_chain: entry.why,
        file: entry.where,
      })}
    />
  );
}
