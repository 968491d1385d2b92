/** The drawer of every answer to "why": the entry, what is known of it, and that it is being asked or could not be. */
import { Link } from '@tanstack/react-router';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Drawer } from './Drawer';
import { Known } from './Known';
import { Failed, failureIn, Loading } from './States';

interface Props<T> {
  title: string;
  /** Id of the entry. */
  rule: string;
  query: UseQueryResult<T>;
  known: (data: T) => React.ComponentProps<typeof Known>['value'];
  close: () => void;
}

export function RuleAnswer<T>({ title, rule, query, known, close }: Props<T>) {
  const { t } = useTranslation();
  return (
    <Drawer title={`${t('duties.why_title')} ${title}`} close={close}>
      <p>
        <Link to="/rulebook/$id" params={{ id: rule }} search={{}}>
          {rule}
        </Link>
      </p>
      {query.isPending && <Loading />}
      {query.isError && <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />}
      {query.data !== undefined && <Known value={known(query.data)} />}
    </Drawer>
  );
}
