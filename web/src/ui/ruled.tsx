/** Dates and measures that follow from a rule, with the question why beside them. */
import { lazy } from 'react';
import type { AskedRule } from '@/api/queries';
import { Moment } from './Countdown';
import type { Column } from './DataList';
import { WhyButton } from './WhyButton';

const RuleDrawer = lazy(() => import('./RuleDrawer'));

/** `rule` names the entry that the field was reckoned by, and where and when it held. */
function askedColumn<Row>(
  field: keyof Row & string,
  rule: (row: Row) => AskedRule,
  show: (value: string) => React.ReactNode,
): Column<Row> {
  return {
    key: field,
    head: `field.${field}`,
    cell: (row) =>
      row[field] ? (
        <>
          {show(String(row[field]))}{' '}
          <WhyButton testId="why-rule" answer={(close) => <RuleDrawer rule={rule(row)} close={close} />} />
        </>
      ) : null,
  };
}

export function ruledMomentColumn<Row>(
  field: keyof Row & string,
  rule: (row: Row) => AskedRule,
): Column<Row> {
  return askedColumn(field, rule, (at) => <Moment at={at} />);
}

/** The entry a measure stands on; everything that was reckoned by it can be asked why here. */
export function ruleColumn<Row>(field: keyof Row & string, rule: (row: Row) => AskedRule): Column<Row> {
  return askedColumn(field, rule, (id) => <span className="mono">{id}</span>);
}
