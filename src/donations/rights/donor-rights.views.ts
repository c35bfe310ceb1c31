import type { Actor } from '../../kernel/actor.js';
import { dayWords, instantShort } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import {
  ANSWER_WORKING_DAYS,
  hasWrittenDown,
  isVouched,
  REQUEST_WORDS,
  WAYS_ASKED,
} from '../../people/domain/person-right.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { choiceField, dayField, errorsOf, row, table, textField } from '../../platform/web/views.js';
import type {
  ChoiceView,
  ErrorView,
  SummaryRow,
  TableView,
  TextFieldView,
} from '../../platform/web/views.js';
import { DONOR_RIGHT_WORDS, DONOR_RIGHTS, DONOR_WAY_WORDS } from '../domain/donor-right.js';
import type { DonorRow } from '../donors/donors.queries.js';
import { DONORS } from '../gifts/gifts.views.js';
import type { DonorCopy, DonorKept } from './donor-copy.reading.js';
import { mayAnswerDonors, mayRecordRights } from './donor-rights.permissions.js';
import type { DonorRequestFacts } from './donor-requests.queries.js';

export const DONOR_REQUESTS = `${DONORS}/requests`;
const hrefOf = ({ id }: Pick<DonorRequestFacts, 'id'>) => `${DONOR_REQUESTS}/${id}`;

/** For programs: what waits, of whom masked, and neither who wrote it down nor what is to be put right. */
export type WaitingRequest = {
  readonly requestId: string;
  readonly donorId: string;
  readonly shownName: string;
  readonly kind: DonorRequestFacts['kind'];
  readonly how: DonorRequestFacts['how'];
  readonly askedOn: Day;
  readonly recordedAt: Date;
  readonly isVouched: boolean;
};

export const waitingRequest = (request: DonorRequestFacts): WaitingRequest => {
  const { id, donorId, shownName, kind, how, askedOn, recordedAt } = request;
  return {
    ...{ requestId: id, donorId, shownName, kind, how, askedOn, recordedAt },
    isVouched: isVouched(request),
  };
};

export type DonorRequestsView = { readonly title: string; readonly waiting: TableView };

export function donorRequestsView(waiting: readonly DonorRequestFacts[]): DonorRequestsView {
  return {
    title: '捐赠人本人的请求',
    waiting: table(
      '捐赠人本人的请求',
      ['捐赠人', '请求', '提出', '怎么提的'],
      waiting.map((each) => [
        each.shownName,
        { words: DONOR_RIGHT_WORDS[each.kind], href: hrefOf(each) },
        dayWords(each.askedOn),
        DONOR_WAY_WORDS[each.how],
      ]),
      '没有等着办的请求。',
    ),
  };
}

export type DonorRightsView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly lead: string;
  readonly action: string;
  readonly kind: ChoiceView;
  readonly wish: TextFieldView;
  readonly how: ChoiceView;
  readonly askedOn: TextFieldView;
  readonly requests: TableView;
};

type DonorFacts = {
  readonly donor: DonorRow;
  readonly requests: readonly DonorRequestFacts[];
  readonly today: Day;
};

const optionsOf = <Key extends string>(keys: readonly Key[], words: Readonly<Record<Key, string>>) =>
  keys.map((value) => ({ value, label: words[value] }));

export const wishField = (typed: Typed, errors: FieldErrors): TextFieldView =>
  textField('wish', '哪里写错了，应该怎么写？', typed, errors, {
    optional: true,
    rows: 2,
    secret: true,
    hint: '要改正的才填',
  });

export function donorRightsView(
  { donor, requests, today }: DonorFacts,
  typed: Typed,
  errors: FieldErrors,
): DonorRightsView {
  const company =
    donor.kind === 'COMPANY' ? '单位不是个人，要求删除时只删联系电话；单位名称和捐赠记录照常保存。' : '';
  return {
    title: `${donor.shownName}：本人的权利`,
    back: `${DONORS}/${donor.id}`,
    errors: errorsOf(errors),
    lead: `${ANSWER_WORKING_DAYS} 个工作日内要答复本人。${company}`,
    action: `${DONORS}/${donor.id}/requests`,
    kind: choiceField('kind', '本人要什么？', optionsOf(DONOR_RIGHTS, DONOR_RIGHT_WORDS), typed, errors),
    wish: wishField(typed, errors),
    how: choiceField('how', '是怎么提出的？', optionsOf(WAYS_ASKED, DONOR_WAY_WORDS), typed, errors),
    askedOn: dayField('askedOn', '哪天提出的？', { askedOn: today, ...typed }, errors),
    requests: table(
      '提出过的请求',
      ['请求', '提出', '怎么提的', '结果'],
      requests.map((each) => [
        { words: DONOR_RIGHT_WORDS[each.kind], href: hrefOf(each) },
        dayWords(each.askedOn),
        DONOR_WAY_WORDS[each.how],
        REQUEST_WORDS[each.state],
      ]),
      '本人还没有提出过。',
    ),
  };
}

export type DonorRequestView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  /** To make the copy and to say that it was handed over. */
  readonly copy: { readonly page: string; readonly file: string; readonly handing: string } | null;
  /** For the second person who asks whether it is wanted, and does not see it. */
  readonly voucher: { readonly action: string } | null;
  readonly correction: { readonly action: string; readonly change: string | null } | null;
  /** For a second person alone. */
  readonly erasure: { readonly action: string; readonly what: string } | null;
  readonly decline: { readonly action: string; readonly words: TextFieldView } | null;
  readonly kept: TableView | null;
  readonly waits: string | null;
  readonly done: string | null;
};

type Facts = {
  readonly request: DonorRequestFacts;
  readonly kept: readonly DonorKept[];
  /** Null for whoever does not put it right, and where nothing is to be put right. */
  readonly wish: string | null;
  readonly mayChange: boolean;
  readonly actor: Pick<Actor, 'personId' | 'accountId' | 'roles'>;
};

export function donorRequestView(facts: Facts, typed: Typed, errors: FieldErrors): DonorRequestView {
  const { request, kept, actor } = facts;
  const { kind, state } = request;
  const at = hrefOf(request);
  const waits = state === 'WAITING';
  const answers = waits && mayAnswerDonors(actor);
  const records = waits && mayRecordRights(actor);
  const wroteDown = hasWrittenDown(request, actor);
  const opens = records && (!wroteDown || isVouched(request));
  const asksCopy = kind === 'COPY';
  const vouches = asksCopy && answers && !opens && !wroteDown && !isVouched(request);
  const what =
    request.donorKind === 'COMPANY'
      ? '联系电话马上删除，找不回来。单位名称、捐赠和票据照常保存。'
      : '手机、家乡、捐赠时说的话马上删除，账号断开，找不回来；以后公开的地方都写“爱心人士”。凭证、票据和去向不变。';
  return {
    title: DONOR_RIGHT_WORDS[kind],
    back: mayRecordRights(actor) ? `${DONORS}/${request.donorId}/requests` : DONOR_REQUESTS,
    errors: errorsOf(errors),
    facts: factRows(facts),
    copy:
      asksCopy && opens ? { page: `${at}/copy`, file: `${at}/copy.json`, handing: `${at}/handing` } : null,
    voucher: vouches ? { action: `${at}/voucher` } : null,
    correction: kind === 'CORRECT' && records ? correctionOf(facts, at) : null,
    erasure: kind === 'ERASE' && answers && !wroteDown ? { action: `${at}/erasure`, what } : null,
    decline: answers
      ? {
          action: `${at}/refusal`,
          words: textField('words', '为什么不同意？（要告诉本人）', typed, errors, { rows: 3 }),
        }
      : null,
    kept: kind === 'ERASE' ? keptTable(kept) : null,
    waits: waits ? waitWords(request, { wroteDown, opens, answers, records }) : null,
    done: state === 'DONE' ? DONE_WORDS[kind] : null,
  };
}

const DONE_WORDS: Readonly<Record<DonorRequestFacts['kind'], string>> = {
  COPY: '信息副本已经交给本人，系统里没有留底。',
  CORRECT: '已经改好。以前开的票据不变，仍写开票时的姓名。',
  ERASE: '能删的已经删除。下面这些依法还要保存，到期再删。',
};

const correctionOf = ({ request, mayChange }: Facts, at: string) => ({
  action: `${at}/correction`,
  change: mayChange ? `${DONORS}/${request.donorId}/changes` : null,
});

type Hands = {
  readonly wroteDown: boolean;
  readonly opens: boolean;
  readonly answers: boolean;
  readonly records: boolean;
};

/** What whoever reads the page waits for; null where a button of his own is next. */
function waitWords(request: DonorRequestFacts, { wroteDown, opens, answers, records }: Hands): string | null {
  if (request.kind === 'CORRECT')
    return records ? '会计在“改资料”里改好以后，在这一页点“已经改好”。' : '等会计或者秘书长改好。';
  if (request.kind === 'ERASE') {
    if (!answers) return '等另一个人核对后确认。';
    return wroteDown ? '等另一个人核对后确认：记下请求的人和本人都不能自己确认。' : null;
  }
  if (opens) return null;
  if (isVouched(request) || !answers) return '等秘书长或者会计打开副本，交给本人。';
  return wroteDown
    ? '记下请求的人不能自己打开。请理事长或者副理事长问过本人，在这一页点“问过了，是本人要”，您就可以打开；另一位办事的人也可以直接打开。'
    : null;
}

function factRows({ request, wish }: Facts): SummaryRow[] {
  const { recorderName, recordedAt, vouchedAt, voucherName, decidedAt, deciderName, answer, how } = request;
  const recorder = how === 'ACCOUNT' ? '本人' : (recorderName ?? '系统管理员');
  return [
    row('捐赠人', request.shownName),
    row('要什么', DONOR_RIGHT_WORDS[request.kind]),
    ...(wish === null ? [] : [row('写明', wish)]),
    row('提出', `${dayWords(request.askedOn)}，${DONOR_WAY_WORDS[how]}`),
    row('记下', `${recorder} ${instantShort(recordedAt)}`),
    ...(vouchedAt === null
      ? []
      : [row('问过本人', `${voucherName ?? '系统管理员'} ${instantShort(vouchedAt)}`)]),
    row('结果', REQUEST_WORDS[request.state]),
    ...(decidedAt === null ? [] : [row('办的人', `${deciderName ?? '系统'} ${instantShort(decidedAt)}`)]),
    ...(answer === null ? [] : [row('不同意的原因', answer)]),
  ];
}

export function keptTable(kept: readonly DonorKept[]): TableView {
  return table(
    '依法还要保存的',
    ['保存什么', '保存到', '依据'],
    kept.map(({ what, until, law }) => [what, dayWords(until), law]),
    '没有依法必须保存的，全部删除。',
  );
}

export type DonorCopyView = {
  readonly title: string;
  readonly back: string;
  readonly lead: string;
  readonly file: string;
  readonly societies: readonly {
    readonly society: string;
    readonly sections: readonly {
      readonly heading: string;
      readonly records: readonly { readonly what: string; readonly facts: readonly SummaryRow[] }[];
    }[];
    readonly kept: TableView;
  }[];
};

type Place = Pick<DonorCopyView, 'title' | 'back' | 'lead' | 'file'>;

export function donorCopyView(place: Place, copies: readonly DonorCopy[]): DonorCopyView {
  return {
    ...place,
    societies: copies.map(({ society, on, sections, kept }) => ({
      society: `${society}保存的全部信息，截至${dayWords(on)}`,
      sections: sections.map(({ section, records }) => ({
        heading: section,
        records: records.map(({ what, facts }) => ({
          what,
          facts: facts.map(([label, words]) => row(label, words ?? '没有')),
        })),
      })),
      kept: keptTable(kept),
    })),
  };
}

export const officeCopyPlace = (requestId: string): Place => ({
  title: '捐赠人的全部信息',
  back: `${DONOR_REQUESTS}/${requestId}`,
  lead: '只交本人。打印后关掉这一页，系统不留底。',
  file: `${DONOR_REQUESTS}/${requestId}/copy.json`,
});
