import { instantShort, instantWords, remainingWords } from '../../kernel/chinese/words.js';
import type { Role } from '../../kernel/actor.js';
import { dayOf, timeOf } from '../../kernel/day.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  button,
  card,
  checkField,
  choiceField,
  errorsOf,
  fileField,
  row,
  tag,
  textField,
} from '../../platform/web/views.js';
import type {
  ButtonView,
  CardView,
  CheckView,
  ChoiceView,
  ErrorView,
  FileFieldView,
  LinkView,
  SummaryRow,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import {
  EXTENSION_REASONS,
  EXTENSION_WORDS,
  GROUND_WORDS,
  GROUNDS,
  MOST_TOGETHER,
  objectionNoun,
  OUTCOME_WORDS,
  OUTCOMES,
  REASON_SENTENCES,
  REASONS_OF,
  STANDING_REASONS,
  STANDING_WORDS,
  standingWords,
  WAY_WORDS,
  withdrawalFault,
} from '../domain/objection.js';
import { HANDING_WAYS, HANDING_WORDS } from '../domain/reply-handing.js';
import type { InquirerFault } from '../domain/objection-inquiry.js';
import type { Notice } from '../notices.queries.js';
import type { DeskCandidate } from './objection-desk.js';
import type { ObjectionReadingOf, ReadFinding, ReadObjection } from './objection-reading.js';
import { mayRegisterObjection } from './objections.permissions.js';
import type { ObjectionFacts, ObjectionPlace } from './objections.queries.js';

const hrefOf = ({ id }: Pick<ObjectionFacts, 'id'>): string => `/s/objections/${id}`;

export type ObjectionListView = {
  readonly title: string;
  readonly cards: readonly CardView[];
  readonly nothing: { readonly words: string; readonly actions: readonly ButtonView[] } | null;
  readonly older: string | null;
};

/** 异议和投诉: what is open first, and what is late in red. */
export function listView(
  objections: readonly ObjectionFacts[],
  now: Date,
  older: string | null,
): ObjectionListView {
  const words = '还没有人提异议。有人打电话或者来社里提的，请到那一张公示里登记。';
  return {
    title: '异议和投诉',
    cards: objections.map((each) => {
      const { number, ground, noticeNumber, receivedAt, inTime } = each;
      const title = `${objectionNoun(inTime)} ${number} · ${GROUND_WORDS[ground]}`;
      const lines = [`公示 ${noticeNumber}`, `${instantShort(receivedAt)} 收到`];
      return card(stateTag(each, now), title, lines, { href: hrefOf(each) });
    }),
    nothing: objections.length === 0 ? { words, actions: [] } : null,
    older: older && `/s/objections?after=${encodeURIComponent(older)}`,
  };
}

/** Red is late, yellow waits for somebody to be named, blue is looked into, grey is over. */
function stateTag(objection: ObjectionFacts, now: Date): TagView {
  const { state, dueAt, inquiryId, outcome } = objection;
  const words = standingWords(objection);
  if (state !== 'OPEN') return tag(outcome === null || outcome === 'NO_FACT' ? 'grey' : 'green', words);
  const left = dueAt ? `${remainingWords(now, dueAt)} ` : '';
  if (dueAt && dueAt < now) return tag('red', `${left}${words}`);
  return tag(inquiryId === null ? 'yellow' : 'blue', `${left}${words}`);
}

type SaidView = { readonly number: string; readonly rows: readonly SummaryRow[] };
type Act<Fields> = Fields & { readonly action: string };

export type ObjectionView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly state: TagView;
  readonly facts: readonly SummaryRow[];
  /** What was said and by whom; empty for whoever may not read it. */
  readonly said: readonly SaidView[];
  readonly hidden: string | null;
  readonly nobodyAssigns: string | null;
  readonly findings: readonly { readonly title: string; readonly rows: readonly SummaryRow[] }[];
  readonly assign: Act<{
    /** Others are named in the place of those who look into it now. */
    readonly isAgain: boolean;
    readonly inquirers: CheckView;
    readonly others: readonly string[];
    readonly together: CheckView | null;
  }> | null;
  readonly propose: Act<{ readonly reason: ChoiceView; readonly note: TextFieldView }> | null;
  readonly decide: Act<{
    readonly lead: string;
    readonly agrees: ChoiceView;
    readonly words: TextFieldView;
  }> | null;
  readonly waits: string | null;
  readonly extend: Act<{ readonly reason: ChoiceView }> | null;
  /** For whoever names the two, once it was right and nothing is to be changed. */
  readonly stand: Act<{ readonly reason: ChoiceView }> | null;
  /** For whoever may hold the written answer, until it is handed over. */
  readonly hand: Act<{ readonly how: ChoiceView; readonly handedAt: TextFieldView }> | null;
  readonly withdraw: Act<{ readonly paper: FileFieldView }> | null;
  /** A note that takes it back waits for the eyes of another. */
  readonly confirmWithdrawal: Act<{ readonly photo: string }> | null;
  readonly papers: readonly LinkView[];
};

export type ObjectionPageFacts = {
  readonly reading: ObjectionReadingOf;
  /** Of the society that published the notice. */
  readonly isOurs: boolean;
  /** Whoever people turn to: prints receipts, and takes in the note that an objection is taken back. */
  readonly isRegistrar: boolean;
  readonly personId: string | null;
  readonly now: Date;
};

export function objectionView(
  { reading, isOurs, isRegistrar, personId, now }: ObjectionPageFacts,
  typed: Typed,
  errors: FieldErrors,
): ObjectionView {
  const { objection, inquiry, mayRead, nobodyAssigns } = reading;
  const isOpen = objection.state === 'OPEN';
  const acts = isOpen && reading.isInquirer;
  const proposed = reading.findings.find(({ state }) => state === 'PROPOSED') ?? null;
  const isOther = proposed !== null && proposed.proposedBy !== personId;
  const mayWithdraw = isOpen && isRegistrar && withdrawalFault(objection, 'paper') === null;
  return {
    title: `${objectionNoun(objection.inTime)} ${objection.number}`,
    errors: errorsOf(errors),
    state: stateTag(objection, now),
    facts: factRows(reading, isOurs),
    said: mayRead ? [objection, ...reading.together].map(saidView) : [],
    hidden: mayRead ? null : HIDDEN,
    nobodyAssigns: isOpen && nobodyAssigns ? NOBODY_ASSIGNS : null,
    findings: reading.findings.map(findingView),
    assign: assignForm(reading, typed, errors),
    propose: acts && proposed === null ? proposeForm(objection, typed, errors) : null,
    decide: acts && proposed && isOther ? decideForm(objection, proposed, typed, errors) : null,
    waits: acts && proposed && !isOther ? '结论您已经写好，等另一位确认。' : null,
    extend: acts && inquiry?.extendedFor === null ? extendForm(objection, typed, errors) : null,
    stand: reading.mayLetStand ? standForm(objection, typed, errors) : null,
    hand: reading.hasReply && objection.handedAt === null ? handForm(objection, now, typed, errors) : null,
    withdraw: mayWithdraw ? withdrawForm(objection, errors) : null,
    confirmWithdrawal: isOpen && mayRead ? withdrawalToConfirm(objection, personId) : null,
    papers: paperLinks(reading, isRegistrar),
  };
}

const HIDDEN = '说了什么、是谁提的，只有查的两个人和负责安排的人能看，不告诉公示所涉及的人。';
const NOBODY_ASSIGNS =
  '本社和上级联合社现在都没有能安排的人（监事、理事长、副理事长都要回避或者空缺）。请先把监事补上；到期没安排的，会记入超时名单，上级看得到。';

/** Whoever inquires for the union above does not come into the village's own pages: for them there is what everybody sees. */
function factRows(
  { objection, notice, inquiry, inquirers }: ObjectionReadingOf,
  isOurs: boolean,
): SummaryRow[] {
  const { ground, how, inTime, receivedAt, isNamed, reason, endedAt, outcome } = objection;
  const kind = inTime
    ? '异议：公示期内收到，没有答复以前公示期不结束'
    : '投诉：公示期过后或者公示撤下以后收到，办法一样，公示期不重算';
  return [
    row('公示', objection.noticeNumber, {
      href: isOurs ? `/s/notices/${notice.id}` : `/n/${objection.noticeCode}`,
    }),
    row('哪里有问题', GROUND_WORDS[ground]),
    row('性质', kind),
    row('怎么提的', `${WAY_WORDS[how]}，${isNamed ? '实名' : '匿名'}`),
    row('收到', instantWords(receivedAt)),
    ...(inquirers.length > 0 ? [row('谁在查', inquirers.join('、'))] : []),
    ...(objection.state === 'OPEN' && objection.withdrawalFileId !== null
      ? [row('撤回', '收到了条子，等查的人或者安排的人核对；核对以前照常查')]
      : []),
    ...(inquiry?.extendedFor ? [row('已延长一次', EXTENSION_WORDS[inquiry.extendedFor])] : []),
    ...(outcome && endedAt ? [row('结论', `${OUTCOME_WORDS[outcome]}（${instantWords(endedAt)}）`)] : []),
    ...(reason ? [row('查明', REASON_SENTENCES[reason])] : []),
    ...(objection.isNamed && objection.state === 'DECIDED' ? [row('答复书', handedWords(objection))] : []),
    ...(isOurs && inquiry?.correctionId
      ? [row('更正公告', '打开', { href: `/s/notices/${inquiry.correctionId}` })]
      : []),
  ];
}

const handedWords = ({ handedAt, handedHow }: ObjectionFacts): string =>
  handedAt && handedHow
    ? `${instantWords(handedAt)}交给了提出人（${HANDING_WORDS[handedHow]}）`
    : '已经写好，还没有交给提出人';

function saidView({ id, number, said, letterFileId, withdrawalFileId }: ReadObjection): SaidView {
  const photo = (label: string, which: string) =>
    row(label, '看照片', { href: `/s/objections/${id}/photos/${which}` });
  return {
    number,
    rows: [
      row('说了什么', said?.words ?? ''),
      row('姓名', said?.name ?? '没有留'),
      row('电话', said?.phone ?? '没有留'),
      ...(letterFileId ? [photo('来信', 'letter')] : []),
      ...(withdrawalFileId ? [photo('撤回的条子', 'withdrawal')] : []),
    ],
  };
}

const FINDING_STATES = { PROPOSED: '等另一位确认', CONFIRMED: '已经确认', REFUSED: '被退回' } as const;

function findingView(finding: ReadFinding): { title: string; rows: SummaryRow[] } {
  const { outcome, reason, note, state, proposedAt, refusal } = finding;
  return {
    title: `${instantShort(proposedAt)} 写的结论（${FINDING_STATES[state]}）`,
    rows: [
      row('结论', OUTCOME_WORDS[outcome]),
      row('查明', REASON_SENTENCES[reason]),
      row('经过', note),
      ...(refusal ? [row('为什么退回', refusal)] : []),
    ],
  };
}

const FAULT_WORDS = {
  author: '公示是他拟的',
  signer: '公示是他签的',
  objector: '不能查这一件',
} as const;

/** That somebody is who objected, only whoever names the two may conclude. */
const faultWords = (fault: InquirerFault): string =>
  typeof fault === 'string' ? FAULT_WORDS[fault] : fault.words;

function assignForm(
  { objection, candidates, joinable, inquiry }: ObjectionReadingOf,
  typed: Typed,
  errors: FieldErrors,
): ObjectionView['assign'] {
  if (candidates === null) return null;
  const label = ({ name, offices }: DeskCandidate) => `${name}（${offices}）`;
  const free = candidates.filter(({ fault }) => fault === null);
  const tied = candidates.flatMap((each) =>
    each.fault === null ? [] : [`${label(each)}：${faultWords(each.fault)}`],
  );
  const options = free.map((each) => ({ value: each.personId, label: label(each) }));
  const others = joinable.map(({ id, number, ground }) => ({
    value: id,
    label: `${number} · ${GROUND_WORDS[ground]}`,
  }));
  return {
    action: `${hrefOf(objection)}/${inquiry === null ? 'assignment' : 'reassignment'}`,
    isAgain: inquiry !== null,
    inquirers: checkField('inquirers[]', '请哪两个人查？', options, typed, errors, {
      hint: '选两个和这件事无关的人。一个人写结论，另一个人确认。',
    }),
    others: tied,
    together:
      others.length === 0
        ? null
        : checkField('together[]', '同一张公示的，要一起查吗？', others, typed, errors, {
            optional: true,
            hint:
              others.length < MOST_TOGETHER
                ? '一起查的，结论一样。'
                : `一起查的，结论一样。这里只列最早的 ${MOST_TOGETHER} 件，其余的下一批再安排。`,
          }),
  };
}

function proposeForm(
  objection: ObjectionFacts,
  typed: Typed,
  errors: FieldErrors,
): NonNullable<ObjectionView['propose']> {
  const outcomes = OUTCOMES.filter((outcome) => outcome !== 'NO_FACT' || !objection.isNamed);
  const options = outcomes.flatMap((outcome) =>
    REASONS_OF[outcome].map((reason) => ({
      value: reason,
      label: `${OUTCOME_WORDS[outcome]}：${REASON_SENTENCES[reason]}`,
    })),
  );
  return {
    action: `${hrefOf(objection)}/findings`,
    reason: choiceField('reason', '查明了什么？', options, typed, errors, {
      hint: '冒号前面是结论，后面这一句会写进答复。',
    }),
    note: textField('note', '怎么查的、查到什么', typed, errors, {
      hint: '问了谁、看了哪些材料。只存在案卷里，不公开，不给公示所涉及的人看。',
      rows: 6,
      secret: true,
    }),
  };
}

function decideForm(
  objection: ObjectionFacts,
  { outcome, reason }: ReadFinding,
  typed: Typed,
  errors: FieldErrors,
): NonNullable<ObjectionView['decide']> {
  const options = [
    { value: 'yes', label: '同意，就这样答复', hint: FOLLOWS[outcome] },
    { value: 'no', label: '退回重写' },
  ];
  return {
    action: `${hrefOf(objection)}/decision`,
    lead: `另一位的结论是：${OUTCOME_WORDS[outcome]}。${REASON_SENTENCES[reason]}。`,
    agrees: choiceField('agrees', '您同意吗？', options, typed, errors),
    words: textField('words', '为什么退回', typed, errors, {
      optional: true,
      hint: '退回的要写。',
      secret: true,
    }),
  };
}

const FOLLOWS = {
  REJECTED: '办结，公示不变。',
  UPHELD_TEXT: '办结，并拟一张更正公告，等理事长签。',
  UPHELD_REDECIDE: '办结，拟一张更正公告，这件事重新决定。',
  NO_FACT: '办结，提出人凭查询码可以看到理由。',
} as const;

function extendForm(
  objection: ObjectionFacts,
  typed: Typed,
  errors: FieldErrors,
): NonNullable<ObjectionView['extend']> {
  const options = EXTENSION_REASONS.map((value) => ({ value, label: EXTENSION_WORDS[value] }));
  return {
    action: `${hrefOf(objection)}/extension`,
    reason: choiceField('reason', '为什么要延长？', options, typed, errors),
  };
}

function standForm(
  objection: ObjectionFacts,
  typed: Typed,
  errors: FieldErrors,
): NonNullable<ObjectionView['stand']> {
  const options = STANDING_REASONS.map((value) => ({ value, label: STANDING_WORDS[value] }));
  return {
    action: `${hrefOf(objection)}/standing`,
    reason: choiceField('reason', '为什么维持原样？', options, typed, errors, {
      hint: '选了以后，这件事不再等人重新决定，也不再等人重新起草更正公告；已经拟好的更正公告照样张贴。',
    }),
  };
}

function handForm(
  objection: ObjectionFacts,
  now: Date,
  typed: Typed,
  errors: FieldErrors,
): NonNullable<ObjectionView['hand']> {
  const ways = HANDING_WAYS.map((value) => ({ value, label: HANDING_WORDS[value] }));
  const known = { handedAt: `${dayOf(now)}T${timeOf(now)}`, ...typed };
  return {
    action: `${hrefOf(objection)}/handing`,
    how: choiceField('how', '答复书怎么交给提出人的？', ways, known, errors, {
      tiles: true,
      hint: '只交给本人。邮寄的按寄出算；电话、短信的要把答复的内容说全。',
    }),
    handedAt: textField('handedAt', '什么时候交的？', known, errors, { type: 'datetime-local', short: true }),
  };
}

function withdrawForm(
  objection: ObjectionFacts,
  errors: FieldErrors,
): NonNullable<ObjectionView['withdraw']> {
  return {
    action: `${hrefOf(objection)}/withdrawal`,
    paper: fileField('paper', '拍下提出人签名的条子', errors, {
      camera: true,
      hint: '条子上要写明撤回哪一件、日期和签名。查的人或者安排的人核对以后才算撤回；照片只有他们能看。',
    }),
  };
}

function withdrawalToConfirm(
  { id, withdrawalFileId, withdrawalBy }: ReadObjection,
  personId: string | null,
): ObjectionView['confirmWithdrawal'] {
  if (withdrawalFileId === null || withdrawalBy === personId) return null;
  const href = hrefOf({ id });
  return { action: `${href}/withdrawal/confirmation`, photo: `${href}/photos/withdrawal` };
}

function paperLinks(
  { objection, hasReceipt, hasReply }: ObjectionReadingOf,
  isRegistrar: boolean,
): LinkView[] {
  const noun = objectionNoun(objection.inTime);
  return [
    ...(hasReceipt && isRegistrar
      ? [{ words: `打印${noun}受理回执（交给提出人）`, href: `${hrefOf(objection)}/receipt.pdf` }]
      : []),
    ...(hasReply
      ? [{ words: `打印${noun}答复书（有姓名，当面交给提出人）`, href: `${hrefOf(objection)}/reply.pdf` }]
      : []),
  ];
}

export type RegistrationView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: string;
  readonly number: string;
  readonly action: string;
  readonly how: ChoiceView;
  readonly receivedAt: TextFieldView;
  readonly ground: ChoiceView;
  readonly words: TextFieldView;
  readonly name: TextFieldView;
  readonly phone: TextFieldView;
  readonly letter: FileFieldView;
};

/** On the page of a notice: for whoever takes down what was said by telephone or in writing. */
export function objectionLinks({ id, issue }: Notice, roles: readonly Role[]): LinkView[] {
  if (!issue || !mayRegisterObjection(roles)) return [];
  return [{ words: '有人打电话或者写信提异议，登记', href: `/s/notices/${id}/objections/new` }];
}

/** What was said by telephone or in writing, as the office takes it down. */
export function registrationView(
  notice: Notice,
  now: Date,
  typed: Typed,
  errors: FieldErrors,
): RegistrationView {
  const known = { receivedAt: `${dayOf(now)}T${timeOf(now)}`, ...typed };
  const ways = (['PHONE', 'PAPER'] as const).map((value) => ({ value, label: WAY_WORDS[value] }));
  return {
    title: '登记异议',
    errors: errorsOf(errors),
    back: `/s/notices/${notice.id}`,
    number: notice.issue?.number ?? '',
    action: `/s/notices/${notice.id}/objections`,
    how: choiceField('how', '怎么提出来的？', ways, known, errors, { tiles: true }),
    receivedAt: textField('receivedAt', '什么时候收到的？', known, errors, {
      type: 'datetime-local',
      short: true,
      hint: '按收到的时间算在不在公示期内，不按登记的时间。',
    }),
    ...objectionFields(known, errors),
    letter: fileField('letter', '来信的照片', errors, {
      optional: true,
      camera: true,
      hint: '照片只有查的人能看。',
    }),
  };
}

export type ObjectionFields = {
  readonly ground: ChoiceView;
  readonly words: TextFieldView;
  readonly name: TextFieldView;
  readonly phone: TextFieldView;
};

/** The same four questions for the village and for the office. */
export function objectionFields(typed: Typed, errors: FieldErrors): ObjectionFields {
  const grounds = GROUNDS.map((value) => ({ value, label: GROUND_WORDS[value] }));
  return {
    ground: choiceField('ground', '哪里有问题？', grounds, typed, errors),
    words: textField('words', '具体是怎么回事？', typed, errors, {
      hint: '写清楚谁、什么事、什么时候、多少钱，一两句就行。写得越具体越好查。',
      rows: 5,
      secret: true,
    }),
    name: textField('name', '您的姓名', typed, errors, {
      optional: true,
      hint: '留了姓名的，会收到书面答复。不留也照样受理。',
      autocomplete: 'name',
      secret: true,
    }),
    phone: textField('phone', '您的电话', typed, errors, {
      optional: true,
      hint: '查的人有不清楚的，好问您。',
      type: 'tel',
      inputmode: 'tel',
      autocomplete: 'tel',
      secret: true,
    }),
  };
}

/** The code and the number, shown once to whoever wrote it down, to be told to whoever objects. */
export type RegisteredView = {
  readonly title: string;
  readonly lead: string;
  readonly facts: readonly SummaryRow[];
  readonly receipt: ButtonView;
  readonly item: ButtonView;
};

export function registeredView(raised: {
  readonly objectionId: string;
  readonly number: string;
  readonly code: string;
  readonly inTime: boolean;
}): RegisteredView {
  const { number, code, inTime } = raised;
  const href = hrefOf({ id: raised.objectionId });
  return {
    title: '登记好了',
    lead: inTime
      ? '在公示期内收到，按异议办理。没有答复以前，公示期不结束。'
      : '公示期过后或者公示撤下以后收到，按投诉办理，办法一样，公示期不重新计算。',
    facts: [row('受理号', number), row('查询码', code)],
    receipt: button('打印受理回执，交给提出人', 'main', `${href}/receipt.pdf`),
    item: button('看这一件', 'second', href),
  };
}

/** Where a list goes on, as it stands in an address. */
export function placeText({ state, registeredAt, id }: ObjectionFacts): string {
  return `${state === 'OPEN' ? 'o' : 'x'}${registeredAt.toISOString()}_${id}`;
}

export function placeOf(text: unknown): ObjectionPlace | null {
  const [, rank = '', at = '', id = ''] =
    typeof text === 'string' ? (/^([ox])(\S{24})_(\S{36})$/.exec(text) ?? []) : [];
  const registeredAt = new Date(at);
  const isPlace = id !== '' && !Number.isNaN(registeredAt.getTime());
  return isPlace ? { isOpen: rank === 'o', registeredAt, id } : null;
}
