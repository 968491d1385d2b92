/** What an entry of the rulebook said at a moment: its value, whence it has it, and why that edition and place decided. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRule, type AskedRule } from '@/api/queries';
import { ruleTitle, valueText } from '@/app/rules';
import { Drawer } from './Drawer';
import { Known } from './Known';
import { Failed, failureIn, Loading } from './States';

export default function RuleDrawer({ rule, close }: { rule: AskedRule; close: () => void }) {
  const { t } = useTranslation();
  const query = useRule(rule);
  const entry = query.data;
  return (
    <Drawer title={`${t('duties.why_title')} ${entry ? ruleTitle(entry) : rule.id}`} close={close}>
      <p>
        <Link to="/rulebook/$id" params={{ id: rule.id }} search={{}}>
          {rule.id}
        </Link>
      </p>
      {query.isPending && <Loading />}
      {query.isError && <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />}
      {entry && (
        <Known
          value={{
            rule_value: valueText(entry, t),
            profile: entry.profile,
            source: entry.source,
            evidence: entry.evidence,
            remark: entry.note,
            reason_chain: entry.why,
            file: entry.where,
          }}
        />
      )}
    </Drawer>
  );
}
