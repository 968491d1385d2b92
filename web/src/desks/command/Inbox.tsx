/** Notices to my posts, the open ones first; also "called, spoke to NAME" for those reached by telephone. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRun } from '@/api/catalogue';
import { useNotices } from '@/api/queries';
import { useSession } from '@/api/session';
import type { Notice } from '@/api/views';
import { NoticeCard } from '@/app/Notices';
import { OperationForm } from '@/ui/form/OperationForm';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';

export function Inbox() {
  const { t } = useTranslation();
  const query = useNotices();
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  const rows = [...query.data.rows].sort(
    (a, b) =>
      Number(Boolean(a.acknowledged_at)) - Number(Boolean(b.acknowledged_at)) ||
      b.sent_at.localeCompare(a.sent_at),
  );
  if (rows.length === 0) return <Empty title={t('command.empty.inbox')} />;
  return (
    <div className="board" style={{ padding: 12 }} data-testid="inbox">
      {rows.map((notice) => (
        <div key={notice.no}>
          <NoticeCard notice={notice} />
          {!notice.delivered_at && <Spoken notice={notice} />}
        </div>
      ))}
    </div>
  );
}

function Spoken({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  if (!mayRun('command/record_delivery', session.roles)) return null;
  if (!isOpen) {
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {t('command.spoken')}
      </Button>
    );
  }
  return (
    <OperationForm
      operation="command/record_delivery"
      fixed={{ notice: notice.no, by: 'spoken' }}
      fields={[{ name: 'spoken_to', kind: 'text', required: true }]}
      onDone={() => setOpen(false)}
      onCancel={() => setOpen(false)}
    />
  );
}
