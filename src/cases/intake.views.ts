import { standingWords } from '../breaches/index.js';
import type { StandingBreach } from '../breaches/index.js';
import { timeOf } from '../kernel/day.js';
import { yuanOf, yuanShort, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { Holder } from '../offices/index.js';
import { OFFICE_WORDS } from '../offices/index.js';
import { CONSENT_WORDS, PLEDGE_WORDS, PURPOSES } from '../people/index.js';
import type { PayeeAccountSummary, PersonSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  amountField,
  checkField,
  choiceField,
  dayField,
  errorsOf,
  fileField,
  row,
  textField,
} from '../platform/web/views.js';
import type {
  AmountFieldView,
  CheckView,
  ChoiceView,
  ErrorView,
  FileFieldView,
  LinkView,
  SummaryRow,
  TextFieldView,
} from '../platform/web/views.js';
import { CAUSE_WORDS, CAUSES } from '../kernel/causes.js';
import { PHOTO_FIELDS } from './cases.forms.js';
import type { DraftContent, DraftNeed, DraftRest } from './domain/draft.js';
import { duplicateWords } from './domain/duplicates.js';
import type { Duplicate } from './domain/duplicates.js';
import { PAPER_WORDS } from './domain/papers.js';
import type { PaperKind } from './domain/papers.js';

/** What the pool and the charter allow, as the hint beside the amount says it. */
export type Means = { readonly perCaseLimitFen: Fen; readonly freeFen: Fen };

export const NEW_PERSON = 'new';
/** The answer 不是 to 是不是他？ */
export const ANOTHER_PERSON = 'another';
export const NOBODY_YET = 'none';
export const NEW_CARD = 'new';

export type NeedPage = {
  readonly draftId: string | null;
  readonly leadId: string | null;
  readonly means: Means;
  /** Whom the typed name may mean, or whom a new person may be; null where there is nothing to ask. */
  readonly matches: readonly PersonSummary[] | null;
  readonly isNew: boolean;
  readonly savedAt: Date | null;
  /** Where the town may be asked to let a second case of the same cause through. */
  readonly override: LinkView | null;
};

export type NeedView = {
  readonly title: string;
  readonly draftId: string | null;
  readonly leadId: string | null;
  readonly who: TextFieldView;
  readonly notListed: string | null;
  readonly pick: ChoiceView | null;
  readonly person: {
    readonly group: TextFieldView;
    readonly residence: ChoiceView;
    readonly idNumber: TextFieldView;
    readonly bornOn: TextFieldView;
    readonly phone: TextFieldView;
  } | null;
  readonly cause: ChoiceView;
  readonly amount: AmountFieldView;
  readonly story: TextFieldView;
  readonly saved: string | null;
  readonly override: LinkView | null;
  readonly errors: readonly ErrorView[];
};

export function needView(page: NeedPage, typed: Typed, errors: FieldErrors): NeedView {
  const { draftId, leadId, matches, isNew, means } = page;
  return {
    title: '登记急难',
    draftId,
    leadId,
    who: textField('who', '谁遇到了困难？', typed, errors, {
      hint: '可输姓名、拼音首字母（如 ljm）或电话后四位',
      suggest: isNew ? null : { url: '/s/people/suggest', into: 'applicantId' },
    }),
    notListed: isNew ? null : notListedHref(draftId, leadId),
    pick: matches === null ? null : pickField(matches, isNew, typed, errors),
    person: isNew ? personFields(typed, errors) : null,
    cause: choiceField(
      'cause',
      '出了什么事？',
      CAUSES.map((cause) => ({ value: cause, label: CAUSE_WORDS[cause] })),
      typed,
      errors,
      { tiles: true },
    ),
    amount: amountField('amountFen', '要多少钱？', typed, errors, {
      hint: `本社单笔最多 ${yuanShort(means.perCaseLimitFen)} 元；池里还有 ${yuanText(means.freeFen)} 元`,
      chips: ['500', '1000', '2000'],
    }),
    story: textField('story', '说两句', typed, errors, {
      rows: 4,
      optional: true,
      secret: true,
      hint: '点键盘上的话筒可以说话。这里写的不会出现在公示单上。',
    }),
    saved: savedWords(page.savedAt),
    override: page.override,
    errors: errorsOf(errors),
  };
}

function notListedHref(draftId: string | null, leadId: string | null): string {
  const query = new URLSearchParams({ person: NEW_PERSON });
  if (draftId !== null) query.set('draft', draftId);
  if (leadId !== null) query.set('lead', leadId);
  return `/s/cases/new?${query.toString()}`;
}

function pickField(
  matches: readonly PersonSummary[],
  isNew: boolean,
  typed: Typed,
  errors: FieldErrors,
): ChoiceView {
  const known = matches.map(({ id, name, group, bornOn, phoneTail }) => ({
    value: id,
    label: `${name} ${group}`,
    hint: [bornOn && `${bornOn.slice(0, 4)} 年生`, phoneTail && `电话尾号 ${phoneTail}`]
      .filter(Boolean)
      .join('，'),
  }));
  const none = isNew
    ? { value: ANOTHER_PERSON, label: '不是，登记新人' }
    : { value: NEW_PERSON, label: '不在名单里' };
  const question = isNew ? '是不是他？' : known.length > 0 ? '是哪一位？' : '名册里没有找到';
  return choiceField('pick', question, [...known, none], typed, errors);
}

function personFields(typed: Typed, errors: FieldErrors): NeedView['person'] {
  return {
    group: textField('newGroup', '住在哪个组？', typed, errors, { hint: '如 三组', short: true }),
    residence: choiceField(
      'newResidence',
      '户口在本村吗？',
      [
        { value: 'HUKOU', label: '户口在本村' },
        { value: 'RESIDENT', label: '常住本村，户口在外' },
        { value: 'OUTSIDER', label: '外来人员' },
      ],
      typed,
      errors,
    ),
    idNumber: textField('newIdNumber', '身份证号', typed, errors, {
      optional: true,
      secret: true,
      hint: '没有的先空着，补材料时再补',
    }),
    bornOn: dayField('newBornOn', '出生日期', typed, errors, { optional: true, hint: '没有身份证号的请填' }),
    phone: textField('newPhone', '电话', typed, errors, { type: 'tel', optional: true, secret: true }),
  };
}

/** The fields of the first page as they stand in a draft. */
export function typedNeed(need: DraftNeed, applicant: PersonSummary): Typed {
  return {
    who: applicant.name,
    applicantId: need.applicantId,
    cause: need.cause,
    amountFen: yuanOf(need.amountFen),
    story: need.story ?? '',
  };
}

export type RestPage = {
  readonly draftId: string;
  readonly applicant: PersonSummary;
  readonly accounts: readonly PayeeAccountSummary[];
  readonly holders: readonly Holder[];
  readonly photos: DraftContent['photos'];
  /** Until when papers may follow, in words. */
  readonly paperDays: number;
  readonly savedAt: Date;
};

export type RestView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly lead: string;
  readonly photos: readonly FileFieldView[];
  readonly photosLater: string;
  readonly consents: CheckView;
  readonly pledge: CheckView;
  readonly payee: string;
  readonly method: ChoiceView;
  readonly account: ChoiceView | null;
  readonly card: {
    readonly number: TextFieldView;
    readonly bank: TextFieldView;
    readonly holder: TextFieldView;
  };
  readonly visitors: CheckView;
  readonly otherVisitor: TextFieldView;
  readonly saved: string | null;
  readonly errors: readonly ErrorView[];
};

const AT_INTAKE: readonly PaperKind[] = ['ID_CARD', 'CAUSE_PROOF', 'CONSENT'];
const PHOTO_LABELS: Readonly<Record<PaperKind, string>> = {
  ID_CARD: '身份证照片',
  CAUSE_PROOF: '病历、事故等材料的照片',
  CONSENT: '签字的同意书和承诺书照片',
  RECEIPT: '收款回执照片',
};

export function restView(page: RestPage, typed: Typed, errors: FieldErrors): RestView {
  const { draftId, applicant, accounts, photos } = page;
  return {
    title: '登记急难',
    action: `/s/cases/drafts/${draftId}`,
    back: `/s/cases/new?draft=${draftId}`,
    lead: `${applicant.name}（${applicant.group}）`,
    photos: AT_INTAKE.map((kind) =>
      fileField(PHOTO_FIELDS[kind], PHOTO_LABELS[kind], errors, {
        optional: true,
        camera: true,
        hint: takenWords(photos.filter((photo) => photo.kind === kind).length),
      }),
    ),
    photosLater: `材料可以后补：打款后 ${page.paperDays} 个工作日内补齐。`,
    consents: checkField(
      'consents[]',
      applicant.isMinor ? '监护人同意哪几条？' : '本人同意哪几条？',
      PURPOSES.map((purpose) => ({ value: purpose, label: CONSENT_WORDS[purpose] })),
      typed,
      errors,
      { hint: '一条一条念给他听，同意的打勾。前两条不同意就不能办。' },
    ),
    pledge: checkField('pledged', '承诺书', [{ value: 'yes', label: PLEDGE_WORDS }], typed, errors),
    payee: `钱打给本人：${applicant.name}`,
    method: choiceField(
      'method',
      '收款方式',
      [
        { value: 'CARD', label: '社保卡/银行卡' },
        { value: 'CASH', label: '现金', hint: '要 2 名见证人，本人签收条' },
      ],
      typed,
      errors,
    ),
    account: accounts.length > 0 ? accountField(accounts, typed, errors) : null,
    card: cardFields(typed, errors),
    visitors: visitorsField(page.holders, applicant, typed, errors),
    otherVisitor: otherVisitorField(typed, errors),
    saved: savedWords(page.savedAt),
    errors: errorsOf(errors),
  };
}

function takenWords(count: number): string | null {
  return count > 0 ? `已经拍了 ${count} 张，再拍会加在后面` : null;
}

function accountField(
  accounts: readonly PayeeAccountSummary[],
  typed: Typed,
  errors: FieldErrors,
): ChoiceView {
  const known = accounts.map(({ id, bankName, cardTail, luhn }) => ({
    value: id,
    label: `${bankName} 尾号 ${cardTail}`,
    hint: luhn ? null : '卡号校验不通过，打款前请核对',
  }));
  return choiceField(
    'account',
    '打到哪张卡？',
    [...known, { value: NEW_CARD, label: '另一张卡' }],
    typed,
    errors,
  );
}

function cardFields(typed: Typed, errors: FieldErrors): RestView['card'] {
  return {
    number: textField('cardNumber', '卡号', typed, errors, {
      inputmode: 'numeric',
      optional: true,
      secret: true,
      hint: '收现金或选了上面的卡，就不用填',
    }),
    bank: textField('bankName', '开户行', typed, errors, { optional: true, hint: '如 某某农商银行' }),
    holder: textField('holderName', '户名', typed, errors, { optional: true, hint: '不填就是本人' }),
  };
}

/** Office holders first: they go and see. The applicant is not offered. */
export function visitorsField(
  holders: readonly Holder[],
  applicant: Pick<PersonSummary, 'id'>,
  typed: Typed,
  errors: FieldErrors,
  options: { readonly mayBeNobody: boolean } = { mayBeNobody: true },
): CheckView {
  const known = holders
    .filter(({ personId }) => personId !== applicant.id)
    .map(({ personId, name, offices }) => ({
      value: personId,
      label: `${name}（${offices.map((office) => OFFICE_WORDS[office]).join('、')}）`,
    }));
  const nobody = {
    value: NOBODY_YET,
    label: '还没去看',
    hint: '先受理，等两人看过再表决',
  };
  return checkField(
    'visitors[]',
    '谁去看过？',
    options.mayBeNobody ? [...known, nobody] : known,
    typed,
    errors,
    { hint: '选两个人，不能是申请人的亲属' },
  );
}

export function otherVisitorField(typed: Typed, errors: FieldErrors): TextFieldView {
  return textField('otherVisitor', '还有谁去看过', typed, errors, {
    optional: true,
    hint: '上面没有的，写姓名或电话后四位',
  });
}

/** The fields of the second page as they stand in a draft; a new draft has nothing ticked. */
export function typedRest(rest: DraftRest | null, accounts: readonly PayeeAccountSummary[]): Typed {
  if (rest === null) return { method: 'CARD', account: accounts[0]?.id ?? '' };
  return {
    method: rest.method,
    account: rest.payeeAccountId ?? '',
    consents: rest.consents,
    pledged: rest.pledged ? 'yes' : '',
    visitors: rest.visitors.length > 0 ? rest.visitors : [NOBODY_YET],
  };
}

export type CheckPage = {
  readonly draftId: string;
  readonly need: DraftNeed;
  readonly rest: DraftRest;
  readonly photos: DraftContent['photos'];
  readonly applicant: PersonSummary;
  readonly account: PayeeAccountSummary | null;
  readonly visitors: readonly PersonSummary[];
  readonly duplicates: readonly Duplicate[];
  readonly means: Means;
  /** Breach flags of the applicant that stand: whoever registers the case shall know, and register it. */
  readonly breaches: readonly StandingBreach[];
};

export type CheckPageView = {
  readonly title: string;
  readonly back: string;
  readonly draftId: string;
  readonly rows: readonly SummaryRow[];
  readonly duplicates: readonly string[];
  readonly warnings: readonly string[];
  readonly next: string;
};

export function checkView(page: CheckPage): CheckPageView {
  const { draftId, need, rest, applicant, photos } = page;
  const first = `/s/cases/new?draft=${draftId}`;
  const second = `/s/cases/drafts/${draftId}`;
  const refused = PURPOSES.filter((purpose) => !rest.consents.includes(purpose));
  const missing = AT_INTAKE.filter((kind) => !photos.some((photo) => photo.kind === kind));
  return {
    title: '核对一下',
    back: second,
    draftId,
    rows: [
      row('谁', `${applicant.name}（${applicant.group}）`, { change: `${first}#who` }),
      row('出了什么事', CAUSE_WORDS[need.cause], { change: `${first}#cause` }),
      row('要多少钱', `${yuanText(need.amountFen)} 元`, { change: `${first}#amountFen` }),
      row('经过', need.story ?? '没有写', { change: `${first}#story` }),
      row('材料', papersWords(photos.length, missing), { change: `${second}#idCard` }),
      row('同意书', consentsWords(refused.length, rest.consents.includes('PUBLISH'), applicant.isMinor), {
        change: `${second}#consents`,
      }),
      row('怎么收钱', payWords(page), { change: `${second}#method` }),
      row('谁去看过', visitorsWords(page.visitors), { change: `${second}#visitors` }),
    ],
    duplicates: page.duplicates.map(duplicateSentence),
    warnings: warningsOf(page),
    next:
      page.visitors.length > 0
        ? '登记以后，接着请大家表决。'
        : '登记以后先受理，等两人看过再请大家表决（限 24 小时内去看）。',
  };
}

function papersWords(taken: number, missing: readonly PaperKind[]): string {
  const later = missing.length > 0 ? `后补：${missing.map((kind) => PAPER_WORDS[kind]).join('、')}` : '';
  return [taken > 0 ? `已拍 ${taken} 张` : '', later].filter(Boolean).join('；');
}

function consentsWords(refused: number, publish: boolean, isMinor: boolean): string {
  const notice = publish && !isMinor ? '公示写遮盖后的姓名' : '公示只写编号';
  return refused === 0 ? `四条都同意；${notice}` : `${refused} 条不同意；${notice}`;
}

function payWords({ rest, account }: CheckPage): string {
  if (rest.method === 'CASH') return '现金，2 名见证人';
  return account ? `${account.bankName} 尾号 ${account.cardTail}（户名 ${account.holderName}）` : '银行卡';
}

function visitorsWords(visitors: readonly PersonSummary[]): string {
  return visitors.length > 0 ? visitors.map(({ name }) => name).join('、') : '还没去看';
}

/** Never a silent block: what was found, with its reason and its number, for whoever decides (peers.md 1, point 7). */
export function duplicateSentence({ number, cause, amountFen, reasons, sameCause }: Duplicate): string {
  const why = reasons.map(duplicateWords).join('、');
  return `${number}（${CAUSE_WORDS[cause]}，${yuanText(amountFen)} 元）：${why}${sameCause ? '，原因也相同' : ''}`;
}

function warningsOf({ need, account, means, breaches }: CheckPage): string[] {
  const warnings = breaches.map(breachSentence);
  if (need.amountFen > means.freeFen)
    warnings.push(`池里可用的只有 ${yuanText(means.freeFen)} 元，现在不够，表决发起时会被拦下。`);
  if (account && !account.luhn) warnings.push('卡号校验不通过，请再核对一遍卡号（老存折也会这样）。');
  if (account && !account.matchesName) warnings.push('户名和申请人的姓名不一样，银行可能退回。');
  return warnings;
}

function breachSentence(breach: StandingBreach): string {
  return `${standingWords(breach)}照样受理、核实和表决，只是不能紧急快办。`;
}

function savedWords(savedAt: Date | null): string | null {
  return savedAt && `已自动保存 ${timeOf(savedAt)}`;
}
