import i18n from 'i18next';
import { ask } from '@/api/client';
import { FailureError, type Fault, type Outcome } from '@/api/outcome';
import type { Page } from '@/api/queries';
import type { AreaList, Contact, CooperationRequest, ListLine, RequestLine } from '@/api/rows';
import { resolvePerson, withoutIdentity } from '@/fields/identity';
import type { Action, Kit } from '@/ui/desk/types';
import type { FieldView, Values } from '@/ui/form/fields';
import { SplitForm } from './SplitForm';
import { openContacts, takenOver, type ReadContacts } from './takeOver';

const theRequest = (row: CooperationRequest) => ({ request: row.id });
const isAt =
  (...states: string[]) =>
  (row: { state: string }) =>
    states.includes(row.state);
const mine = (unit: string | null | undefined, kit: Kit) => unit === kit.session.unit.id;

export const tasks = ['take_over', 'verify', 'sample', 'find_contacts'];

const personGrid: FieldView = {
  name: 'persons',
  kind: 'rows',
  required: true,
  hint: 'cooperation.persons_hint',
  columns: [
    { name: 'name', kind: 'text' },
    { name: 'document_number', kind: 'document', aliases: ['身份证号', '证件号码'] },
    { name: 'phone', kind: 'text', aliases: ['手机号', '联系电话'] },
    { name: 'task', kind: 'choice', choices: tasks, required: true, aliases: ['协查事项', '事项'] },
    { name: 'what', kind: 'text', aliases: ['说明', '地点时间'] },
  ],
};

const ownContacts: ReadContacts = async (person) => {
  const filters = { person, state: openContacts.join(','), limit: 100 };
  try {
    return { kind: 'ok', value: (await ask<Page<Contact>>('/v1/investigation/contacts', filters)).rows };
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
};

/** Only what is needed goes along: the person, what is asked, and words about it; a line may be about a place and nobody. */
async function linesOf(body: Values, kit: Kit): Promise<Outcome<Values>> {
  const persons: Values[] = [];
  const faults: Fault[] = [];
  for (const [row, typed] of ((body.persons as Values[] | undefined) ?? []).entries()) {
    const line: Values = { ...withoutIdentity(typed), line: kit.newId() };
    if (typed.name || typed.document_number) {
      const person = await resolvePerson({ reason: 'co-operation request 协查', ...typed }, kit);
      if (person.kind !== 'ok') {
        const told = person.kind === 'faults' ? person.faults : 'refusals' in person ? person.refusals : [];
        if (told.length === 0) return person;
        for (const { path, zh, en } of told)
          faults.push({ path: `/persons/${String(row)}${path ?? ''}`, zh, en });
        continue;
      }
      line.person = person.value;
    }
    persons.push(line);
  }
  if (faults.length > 0) return { kind: 'faults', faults };
  const whole = await takenOver(persons, ownContacts, kit.newId);
  return whole.kind === 'ok' ? { kind: 'ok', value: { ...body, persons: whole.value } } : whole;
}

export const requestActions: Action<CooperationRequest>[] = [
  {
    operation: 'investigation/send_request',
    when: (row, kit) => row.state === 'draft' && mine(row.sender, kit),
    fixed: theRequest,
    primary: true,
  },
  {
    operation: 'investigation/receive_request',
    when: (row, kit) => row.state === 'sent' && mine(row.receiver, kit),
    fixed: theRequest,
    primary: true,
  },
  {
    operation: 'investigation/accept_request',
    when: (row, kit) => isAt('sent', 'received')(row) && mine(row.receiver, kit),
    fixed: theRequest,
    primary: true,
  },
  {
    operation: 'investigation/redirect_request',
    when: (row, kit) => isAt('sent', 'received')(row) && mine(row.receiver, kit),
    fixed: theRequest,
  },
  {
    operation: 'investigation/answer_request',
    when: (row, kit) => row.state === 'accepted' && mine(row.receiver, kit) && row.answered === row.lines,
    fixed: theRequest,
    primary: true,
  },
  {
    key: 'cooperation.split_to_towns',
    operation: 'investigation/deliver_list',
    when: (row, kit) => row.state === 'accepted' && mine(row.receiver, kit) && row.answered < row.lines,
    form: SplitForm,
  },
  {
    operation: 'investigation/add_to_request',
    when: (row, kit) => row.state === 'draft' && mine(row.sender, kit),
    fixed: theRequest,
    omit: ['persons'],
    extra: [personGrid],
    wide: true,
    prepare: (body, _row, kit) => linesOf(body, kit),
  },
  {
    operation: 'investigation/close_request',
    when: (row, kit) => row.state === 'answered' && mine(row.sender, kit),
    fixed: theRequest,
    primary: true,
  },
  {
    operation: 'investigation/withdraw_request',
    when: (row, kit) => isAt('draft', 'sent', 'received')(row) && mine(row.sender, kit),
    fixed: theRequest,
    danger: true,
  },
];

export const requestLineActions: Action<RequestLine>[] = [
  {
    operation: 'investigation/answer_request_line',
    when: (row, kit) => mine(row.receiver, kit),
    fixed: (row) => ({ line: row.id }),
    initial: (row) => ({ outcome: row.outcome ?? undefined }),
    primary: true,
  },
  {
    // The acceptance hands over by itself; where it did not follow, the investigator does.
    operation: 'investigation/hand_over_contact',
    when: (row, kit) =>
      row.task === 'take_over' && Boolean(row.contact && row.receiver) && !mine(row.receiver, kit),
    fixed: (row) => ({ contact: row.contact, line: row.id }),
    review: true,
  },
];

const lineGrid: FieldView = {
  name: 'lines',
  kind: 'rows',
  required: true,
  hint: 'cooperation.lines_hint',
  columns: [
    { name: 'name', kind: 'text' },
    { name: 'document_number', kind: 'document', aliases: ['身份证号', '证件号码'] },
    { name: 'phone', kind: 'text', aliases: ['手机号', '手机号码', '联系电话'] },
    { name: 'address', kind: 'text', aliases: ['住址', '落脚点'] },
  ],
};

/** Who has a document becomes a person; of the others the sender's own words are kept. */
async function loaded(body: Values, row: AreaList, kit: Kit): Promise<Outcome<Values>> {
  const lines: Values[] = [];
  const faults: Fault[] = [];
  for (const [at, typed] of ((body.lines as Values[] | undefined) ?? []).entries()) {
    const line: Values = { line: kit.newId(), number: row.loaded + at + 1 };
    if (typed.document_number) {
      const person = await resolvePerson({ ...typed }, kit);
      if (person.kind !== 'ok') {
        const told = person.kind === 'faults' ? person.faults : 'refusals' in person ? person.refusals : [];
        if (told.length === 0) return person;
        for (const { path, zh, en } of told)
          faults.push({ path: `/lines/${String(at)}${path ?? ''}`, zh, en });
        continue;
      }
      line.person = person.value;
    } else {
      line.who = [typed.name, typed.phone, typed.address].filter(Boolean).join(' ');
      if (line.who === '') {
        const say = i18n.t('form.fault.required');
        faults.push({ path: `/lines/${String(at)}/name`, zh: say, en: say });
      }
    }
    lines.push(line);
  }
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'ok', value: { ...body, lines } };
}

export const listActions: Action<AreaList>[] = [
  {
    operation: 'investigation/load_lines',
    when: (row) => row.state === 'open' && row.loaded < row.lines,
    fixed: (row) => ({ list: row.id }),
    omit: ['lines'],
    extra: [lineGrid],
    wide: true,
    prepare: loaded,
    primary: true,
  },
  {
    operation: 'investigation/close_list',
    when: (row) => row.state === 'settled',
    fixed: (row) => ({ list: row.id }),
    primary: true,
  },
];

export const lineActions: Action<ListLine>[] = [
  {
    operation: 'investigation/answer_line',
    when: (row) => row.state !== 'settled',
    fixed: (row) => ({ line: row.id }),
    fields: { outcome: { choices: ['reached', 'not_here', 'wrong_data', 'refused'] } },
    primary: true,
  },
  {
    operation: 'investigation/settle_line',
    when: isAt('reached', 'not_here', 'wrong_data'),
    fixed: (row) => ({ line: row.id }),
    primary: true,
  },
];

export const startActions: Action<undefined>[] = [
  {
    operation: 'investigation/draft_request',
    fixed: (_row, kit) => ({ request: kit.newId() }),
    omit: ['persons'],
    extra: [personGrid],
    fields: {
      receiver: { hint: 'cooperation.receiver_hint' },
      text: { label: 'field.request_text' },
    },
    order: ['receiver', 'text'],
    wide: true,
    prepare: (body, _row, kit) => linesOf(body, kit),
  },
  {
    operation: 'investigation/deliver_list',
    fixed: (_row, kit) => ({ list: kit.newId() }),
  },
];
