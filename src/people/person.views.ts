import { dayWords } from '../kernel/chinese/words.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { checkField, choiceField, errorsOf, row, tag, textField } from '../platform/web/views.js';
import type { SummaryRow, TagView } from '../platform/web/views.js';
import type { CorrectionFacts } from './corrections/corrections.queries.js';
import { correctionsTable } from './corrections/corrections.views.js';
import { CONSENT_FIELDS } from './consents/consents.views.js';
import { CONSENT_WORDS } from './domain/consent.js';
import type { Consents } from './domain/consent.js';
import { RELATION_WORDS } from './domain/kin.js';
import { CATEGORY_WORDS, RESIDENCE_WORDS, TAG_WORDS } from './domain/person.js';
import type { Tag } from './domain/person.js';
import { CORRECTED_FIELDS, FIELD_WORDS } from './domain/person-correction.js';
import { SAME_WORDS } from './domain/same-identity.js';
import type { SameWhy } from './domain/same-identity.js';
import type { HouseholdSummary, KinSummary, PayeeAccountSummary, PersonSummary } from './people.queries.js';
import { optionsOf, tailWords, whichOne } from './people.views.js';

/** All that the page of one person shows. */
export type PersonFacts = {
  readonly person: PersonSummary;
  readonly maskedIdNumber: string | null;
  readonly tags: readonly Tag[];
  readonly guardian: PersonSummary | null;
  readonly household: HouseholdSummary;
  readonly kin: readonly (KinSummary & { readonly person: PersonSummary })[];
  readonly accounts: readonly PayeeAccountSummary[];
  readonly consents: Consents;
  readonly hasPledged: boolean;
  readonly same: readonly { readonly person: PersonSummary; readonly why: SameWhy }[];
  /** The history of the name and of the group, the newest first; for whoever handles them. */
  readonly corrections: readonly CorrectionFacts[];
  /** The administrator keeps the register, and stays out of cards and consents. */
  readonly mayHandle: boolean;
};

/** What was typed into one of the forms of the page, and what is wrong with it. */
export type Attempt = {
  readonly form: 'id-number' | 'payee' | 'kin' | 'correction' | null;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  /** Several persons of the typed name, to choose from. */
  readonly candidates: readonly PersonSummary[];
};
export const NO_ATTEMPT: Attempt = { form: null, typed: {}, errors: {}, candidates: [] };

export function personView(facts: PersonFacts, attempt: Attempt) {
  const { person, household, mayHandle } = facts;
  const at = `/s/people/${person.id}`;
  return {
    title: person.name,
    errors: errorsOf(attempt.errors),
    state: stateOf(person),
    facts: factsOf(facts),
    same: facts.same.map(({ person: other, why }) => ({
      words: `${other.name} ${other.group}：${SAME_WORDS[why]}`,
      href: `/s/people/${other.id}`,
    })),
    household: {
      heading: `同住的人（户号 ${household.number}）`,
      members: household.members
        .filter(({ id }) => id !== person.id)
        .map(({ id, name, group }) => ({ words: `${name} ${group}`, href: `/s/people/${id}` })),
    },
    kin: facts.kin.map(({ relation, person: relative }) =>
      row(RELATION_WORDS[relation], `${relative.name} ${relative.group}`, {
        href: `/s/people/${relative.id}`,
      }),
    ),
    kinForm: kinForm(at, attempt),
    mayHandle,
    idForm: mayHandle && person.idState === 'PENDING' ? idForm(at, attempt) : null,
    accounts: facts.accounts.map(accountOf),
    payeeForm: payeeForm(at, person, attempt),
    corrections: facts.corrections.length > 0 ? correctionsTable(facts.corrections, '') : null,
    correctionForm: correctionForm(at, facts, attempt),
    requests: `${at}/requests`,
    consents: consentRows(facts.consents),
    consentsAt: `${at}/consents`,
  };
}

function stateOf(person: PersonSummary): TagView | null {
  if (person.idState === 'PENDING') return tag('yellow', '身份证待补');
  return person.isMinor ? tag('blue', '未成年人') : null;
}

function factsOf({
  person,
  maskedIdNumber,
  tags,
  guardian,
  household,
  hasPledged,
}: PersonFacts): SummaryRow[] {
  return [
    row('村民小组', person.group),
    row('身份证号', maskedIdNumber ?? '还没有'),
    row('出生日期', person.bornOn === null ? '没有登记' : dayWords(person.bornOn)),
    row('电话', tailWords(person.phoneTail)),
    row('住在本村的情况', RESIDENCE_WORDS[person.residence]),
    row('困难类别', CATEGORY_WORDS[person.category]),
    ...(person.origin === null ? [] : [row('户籍地', person.origin)]),
    ...(tags.length === 0 ? [] : [row('标签', tags.map((each) => TAG_WORDS[each]).join('、'))]),
    row('住址', household.address),
    ...(guardian === null
      ? []
      : [row('监护人', `${guardian.name} ${guardian.group}`, { href: `/s/people/${guardian.id}` })]),
    row('承诺书', hasPledged ? '签过' : '没有签过'),
  ];
}

/** The tail only; what is doubtful stands beside it in words and colour. */
function accountOf({ holderName, bankName, cardTail, luhn, matchesName, holderMatch }: PayeeAccountSummary) {
  return {
    words: `${bankName} 尾号 ${cardTail}，户名 ${holderName}${holderMatch === 'GUARDIAN' ? '（监护人）' : ''}`,
    warnings: [
      ...(matchesName ? [] : [tag('red', '户名不是本人，也不是监护人')]),
      ...(luhn ? [] : [tag('yellow', '卡号校验没通过，请再核对')]),
    ],
  };
}

const typedFor = (attempt: Attempt, form: Attempt['form']) =>
  attempt.form === form
    ? { typed: attempt.typed, errors: attempt.errors, open: true }
    : { typed: {}, errors: {}, open: false };

function idForm(at: string, attempt: Attempt) {
  const { typed, errors, open } = typedFor(attempt, 'id-number');
  const options = { secret: true, hint: '18 位，最后一位可以是 X' };
  return {
    action: `${at}/id-number`,
    open,
    idNumber: textField('idNumber', '身份证号', typed, errors, options),
  };
}

function payeeForm(at: string, person: PersonSummary, attempt: Attempt) {
  const { typed, errors, open } = typedFor(attempt, 'payee');
  return {
    action: `${at}/payee-accounts`,
    open,
    bankName: textField('bankName', '开户银行', typed, errors, { hint: '社保卡写发卡的银行' }),
    cardNumber: textField('cardNumber', '卡号', typed, errors, { secret: true, inputmode: 'numeric' }),
    holderName: textField('holderName', '户名', { holderName: person.name, ...typed }, errors, {
      hint: '卡上的名字；须是本人或监护人',
    }),
  };
}

function kinForm(at: string, attempt: Attempt) {
  const { typed, errors, open } = typedFor(attempt, 'kin');
  const candidates = attempt.form === 'kin' ? attempt.candidates : [];
  const suggest = candidates.length > 0 ? null : { url: '/s/people/suggest', into: 'relativeId' };
  return {
    action: `${at}/kin`,
    open,
    relative: textField('relative', '亲属是谁？', typed, errors, {
      hint: '姓名、拼音首字母（如 ljm）或电话后四位；要先在名册里',
      suggest,
    }),
    relativeId: whichOne('relativeId', candidates, typed, errors),
    relation: choiceField('relation', '两人是什么关系？', optionsOf(RELATION_WORDS), typed, errors),
    isGuardian: checkField(
      'isGuardian',
      '是监护人吗？',
      [{ value: 'yes', label: '这位亲属是监护人' }],
      typed,
      errors,
      { optional: true },
    ),
  };
}

function correctionForm(at: string, { person }: PersonFacts, attempt: Attempt) {
  const { typed, errors, open } = typedFor(attempt, 'correction');
  const now = { NAME: person.name, GROUP: person.group };
  const fields = CORRECTED_FIELDS.map((value) => ({
    value,
    label: FIELD_WORDS[value],
    hint: `现在写的是 ${now[value]}`,
  }));
  return {
    action: `${at}/corrections`,
    open,
    field: choiceField('field', '哪一项写错了？', fields, typed, errors),
    after: textField('after', '正确的写法', typed, errors, { hint: '照身份证或者户口簿写' }),
    reason: textField('reason', '更正的原因', typed, errors, { hint: '如 登记时写错了字' }),
  };
}

function consentRows(consents: Consents): SummaryRow[] {
  const words = (given: boolean | null) => (given === null ? '没有问过' : given ? '同意' : '不同意');
  return CONSENT_FIELDS.map(([purpose, field]) => row(CONSENT_WORDS[purpose], words(consents[field])));
}
