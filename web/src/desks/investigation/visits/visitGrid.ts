/** Visits typed or pasted by the hundred: who was where, from when to when. Each line becomes a person first, then all are recorded at once. */
import type { Fault, Outcome } from '@/api/outcome';
import { resolvePerson } from '@/fields/identity';
import type { Kit } from '@/ui/desk/types';
import type { FieldView, Values } from '@/ui/form/fields';
import { visitLine } from './visits';

export const visitGrid: FieldView = {
  name: 'visits',
  kind: 'rows',
  required: true,
  hint: 'investigation.visits_hint',
  columns: [
    { name: 'name', kind: 'text', aliases: ['人员姓名', 'full name'] },
    {
      name: 'document_number',
      kind: 'document',
      aliases: ['身份证号', '证件号码', '身份证号码', 'id number'],
    },
    { name: 'phone', kind: 'text', aliases: ['手机号', '手机号码', '联系电话', 'mobile'] },
    { name: 'place', kind: 'text', aliases: ['场所', '到访地点', 'where'] },
    { name: 'division', kind: 'integer', aliases: ['区划', '区划代码'] },
    { name: 'service', kind: 'text', aliases: ['车次', '航班', '车次航班', 'train', 'flight'] },
    { name: 'from', kind: 'moment', required: true, aliases: ['进入', '进入时间', '开始时间'] },
    { name: 'until', kind: 'moment', required: true, aliases: ['离开', '离开时间', '结束时间', 'to'] },
    { name: 'section', kind: 'integer', aliases: ['车厢', '房间', 'carriage'] },
    { name: 'row', kind: 'integer', aliases: ['排'] },
    {
      name: 'known_by',
      kind: 'choice',
      choices: ['interview', 'scan', 'telecom', 'ticket', 'camera', 'payment', 'document', 'registration'],
      aliases: ['来源'],
    },
    { name: 'is_protected', kind: 'boolean', aliases: ['防护', '有防护'] },
  ],
};

export async function visitsOf(body: Values, kit: Kit): Promise<Outcome<Values>> {
  const visits: Values[] = [];
  const faults: Fault[] = [];
  for (const [at, typed] of ((body.visits as Values[] | undefined) ?? []).entries()) {
    const person = await resolvePerson({ reason: 'list of visits 到访记录', ...typed }, kit);
    if (person.kind === 'ok') {
      visits.push(visitLine(typed, person.value));
      continue;
    }
    const told = person.kind === 'faults' ? person.faults : 'refusals' in person ? person.refusals : [];
    if (told.length === 0) return person;
    for (const { path, zh, en } of told) faults.push({ path: `/visits/${String(at)}${path ?? ''}`, zh, en });
  }
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'ok', value: { ...body, visits } };
}
