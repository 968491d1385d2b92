/** People named around a case, typed or pasted by the dozen: each line becomes a person first, then all become contacts at once. */
import type { Fault, Outcome } from '@/api/outcome';
import i18n from 'i18next';
import { resolvePerson, withoutIdentity } from '@/fields/identity';
import type { Kit } from '@/ui/desk/types';
import type { FieldView, Values } from '@/ui/form/fields';

/** The first words are those of the screen; spreadsheets of investigators call the columns by these, too. */
export const contactGrid: FieldView = {
  name: 'contacts',
  kind: 'rows',
  required: true,
  hint: 'investigation.contacts_hint',
  columns: [
    { name: 'name', kind: 'text', aliases: ['人员姓名', '密接姓名', 'full name'] },
    {
      name: 'document_number',
      kind: 'document',
      aliases: ['证件号码', '身份证', '身份证号', '身份证号码', 'document', 'id', 'id number'],
    },
    {
      name: 'phone',
      kind: 'text',
      aliases: ['手机', '手机号', '手机号码', '联系电话', '联系方式', 'mobile', 'telephone'],
    },
    {
      name: 'kind',
      kind: 'choice',
      label: 'field.relation',
      aliases: ['关系', '与病例关系', '接触关系', 'relation', 'relationship'],
      choices: ['household', 'colleague', 'companion', 'patient', 'staff', 'service', 'other'],
      choiceAliases: {
        household: ['家人', '家属', '同住', '父亲', '母亲', '妻子', '丈夫', '配偶', '子女', 'family'],
        colleague: ['同事', '同学', 'classmate'],
        companion: ['同行', '同乘', '朋友', '聚餐', 'friend'],
        patient: ['同诊', '病友'],
        staff: ['医护', '医务人员'],
        service: ['服务人员', '店员', '司机'],
      },
    },
    { name: 'place', kind: 'text', aliases: ['接触地点', '场所', 'where'] },
    { name: 'exposure_from', kind: 'moment', aliases: ['开始', '开始时间', '首次接触时间', 'from'] },
    {
      name: 'exposure_until',
      kind: 'moment',
      aliases: ['结束', '结束时间', '末次接触', '末次接触时间', 'until', 'to'],
    },
    { name: 'is_protected', kind: 'boolean', aliases: ['防护', '有防护', '是否防护', 'protected'] },
  ],
};

/** All lines are tried before anything is named: what is wrong comes back by line and column, all of it. */
export async function personsOf(body: Values, kit: Kit): Promise<Outcome<Values>> {
  const contacts: Values[] = [];
  const faults: Fault[] = [];
  const rowOf = new Map<string, number>();
  for (const [row, line] of ((body.contacts as Values[] | undefined) ?? []).entries()) {
    const person = await resolvePerson({ reason: 'named as contact 接触者', ...line }, kit);
    if (person.kind !== 'ok') {
      const told = person.kind === 'faults' ? person.faults : 'refusals' in person ? person.refusals : [];
      if (told.length === 0) return person;
      for (const { path, zh, en } of told)
        faults.push({ path: `/contacts/${String(row)}${path ?? ''}`, zh, en });
      continue;
    }
    const before = rowOf.get(person.value);
    if (before !== undefined) {
      const say = i18n.t('investigation.twice', { n: before + 1 });
      faults.push({ path: `/contacts/${String(row)}/name`, zh: say, en: say });
      continue;
    }
    rowOf.set(person.value, row);
    contacts.push({
      ...withoutIdentity(line),
      contact: kit.newId(),
      person: person.value,
      kind: line.kind ?? 'other',
    });
  }
  if (faults.length > 0) return { kind: 'faults', faults };
  return { kind: 'ok', value: { ...body, contacts } };
}
