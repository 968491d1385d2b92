/** The written notice a held patient gets (settled: printable, both languages): rule, until when, whom to call. */
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDutiesAbout, useOne } from '@/api/queries';
import type { Encounter } from '@/api/rows';
import type { PersonCard } from '@/api/views';
import { needWords } from '@/app/i18n';
import { useUnits, type Unit } from '@/fields/units';
import { Failed, failureIn, Loading } from '@/ui/States';
import { formatFull, toInstant } from '@/ui/time';

const route = getRouteApi('/print/hold/$encounter');

export default function HoldNotice() {
  const { t, i18n } = useTranslation();
  const { encounter: id } = route.useParams();
  const query = useOne<Encounter>('hospitals/encounters', id);
  const duties = useDutiesAbout(id);
  const { byId, all } = useUnits();
  const words = useQuery({
    queryKey: ['code', 'words'],
    staleTime: Infinity,
    queryFn: () => Promise.all([needWords('zh-CN'), needWords('en')]),
  });
  const row = query.data?.row;
  if (query.isPending || words.isPending) return <Loading />;
  if (!row) return <Failed failure={query.isError ? failureIn(query.error) : { kind: 'not_found' }} />;
  const rule = duties.data?.rows.find((duty) => duty.due_at === row.hold_until)?.rule ?? 'OB-H3';
  const clinic = byId.get(row.clinic);
  const command = all.find(
    (unit) => unit.kind === 'command_post' && unit.jurisdiction === clinic?.jurisdiction,
  );
  const both = (['zh-CN', 'en'] as const).map((language) => ({ language, say: i18n.getFixedT(language) }));
  return (
    <main id="work" className="notice-sheet" data-testid="hold-notice">
      <p className="no-print">
        <Button type="primary" onClick={() => window.print()}>
          {t('action.print')}
        </Button>
      </p>
      {both.map(({ language, say }) => (
        <Notice
          key={language}
          language={language}
          say={say}
          row={row}
          card={query.data?.persons?.[row.person ?? '']}
          rule={rule}
          clinic={clinic}
          command={command}
        />
      ))}
    </main>
  );
}

interface Props {
  language: 'zh-CN' | 'en';
  say: (key: string, values?: Record<string, unknown>) => string;
  row: Encounter;
  card: PersonCard | undefined;
  rule: string;
  clinic: Unit | undefined;
  command: Unit | undefined;
}

function Notice({ language, say, row, card, rule, clinic, command }: Props) {
  const name = (unit: Unit | undefined) =>
    unit ? (language === 'en' ? unit.name_en || unit.name_zh : unit.name_zh) : '—';
  const line = '＿＿＿＿＿＿＿＿';
  return (
    <section lang={language}>
      <h2>{say('hold_notice.title')}</h2>
      <p>{say('hold_notice.to', { name: card?.name ?? line, document: card?.document ?? '' })}</p>
      <p>{say('hold_notice.why', { rule })}</p>
      <p>
        <strong>
          {say('hold_notice.until', {
            at: row.hold_until ? formatFull(toInstant(row.hold_until)).slice(0, 16) : line,
          })}
        </strong>
      </p>
      <p>{say('hold_notice.meanwhile')}</p>
      <p>{say('hold_notice.call', { clinic: name(clinic), command: name(command), line })}</p>
      <p>{say('hold_notice.signed', { line })}</p>
    </section>
  );
}
