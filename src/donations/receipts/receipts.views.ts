import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import { yuanText } from '../../kernel/fen.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { button, choiceField, errorsOf, row, table, tag, textField } from '../../platform/web/views.js';
import type {
  ButtonView,
  ChoiceView,
  ErrorView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import {
  RECEIPT_MODE_WORDS,
  RECEIPT_STANDING_WORDS,
  RETURNED_AS,
  RETURNED_AS_WORDS,
  REVERSAL_CAUSE_WORDS,
  REVERSAL_CAUSES,
} from '../domain/receipt.js';
import type { Issuing } from '../domain/receipt.js';
import { modeWords, receiptLine, STANDING_COLOUR } from './receipt-block.js';
import type { DueRow, ReceiptPage, ReceiptRow } from './receipts.queries.js';

export const RECEIPTS = '/s/donations/receipts';
export const RIGHTS = '/s/donations/receipt-rights';

export type ReceiptsView = {
  readonly title: string;
  readonly lead: string;
  /** What the button just did. */
  readonly done: string | null;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly issue: { readonly action: string; readonly words: string; readonly hint: string } | null;
  readonly due: TableView;
  readonly receipts: TableView;
  readonly older: string | null;
  readonly rights: string;
};

export type ReceiptsFacts = {
  readonly societyId: string;
  readonly page: ReceiptPage;
  readonly due: readonly DueRow[];
  readonly counts: { readonly named: number; readonly unnamed: number };
  readonly issuing: Issuing;
  readonly mayIssue: boolean;
  readonly done: { readonly issued: number; readonly refused: number } | null;
};

export function receiptsView({
  societyId,
  page,
  due,
  counts,
  issuing,
  mayIssue,
  done,
}: ReceiptsFacts): ReceiptsView {
  const { named, unnamed } = counts;
  return {
    title: '捐赠票据',
    lead: `现在：${modeWords(issuing)}。号码按年连续，开错了红冲，不涂改。`,
    done: done && doneWords(done),
    figures: [
      { label: '待开，有捐赠人', value: `${named} 笔` },
      { label: '待开，没有留名', value: `${unnamed} 笔` },
    ],
    issue:
      mayIssue && named > 0
        ? {
            action: RECEIPTS,
            words: named > 1 ? `给待开的 ${Math.min(named, 200)} 笔都开上` : '给待开的 1 笔开上',
            hint: '每笔一张，开出以后不能改。没有留名的不在里面，请一笔一笔打开看要不要开。',
          }
        : null,
    due: table(
      '待开的',
      ['收到日期', '捐赠人', '金额（元）:'],
      due.map(({ giftId, givenOn, shownName, amountFen }) => [
        { words: dayWords(givenOn), href: `/s/donations/${giftId}` },
        shownName ?? UNNAMED_DONOR,
        yuanText(amountFen),
      ]),
      '没有待开的票据。',
    ),
    receipts: table(
      '票据登记簿',
      ['票据号码', '开票日期', '交款人', '金额（元）:', '情况'],
      page.rows.map((receipt) => receiptCells(receipt, societyId)),
      '还没有开过票据。',
    ),
    older: page.next === null ? null : `${RECEIPTS}?after=${page.next}`,
    rights: RIGHTS,
  };
}

function receiptCells(receipt: ReceiptRow, societyId: string) {
  const { id, number, issuedOn, shownName, amountFen, state, societyName } = receipt;
  const isOwn = receipt.societyId === societyId;
  return [
    { words: number, href: `${RECEIPTS}/${id}` },
    dayWords(issuedOn),
    `${shownName ?? UNNAMED_DONOR}${isOwn ? '' : `（${societyName}）`}`,
    yuanText(amountFen),
    { words: '', tag: tag(STANDING_COLOUR[state], RECEIPT_STANDING_WORDS[state]) },
  ];
}

function doneWords({ issued, refused }: { issued: number; refused: number }): string {
  const done = issued === 0 ? '没有新开票据。' : `开好了 ${issued} 张。`;
  return refused === 0 ? done : `${done}有 ${refused} 笔没有开成，请从待开的里面一笔一笔打开看原因。`;
}

export type ReceiptView = {
  readonly title: string;
  readonly state: TagView;
  readonly line: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  readonly actions: readonly ButtonView[];
  readonly reversal: {
    readonly action: string;
    readonly isOpen: boolean;
    readonly cause: ChoiceView;
    readonly reason: TextFieldView;
    readonly returned: ChoiceView;
  } | null;
};

export type ReceiptPageFacts = {
  readonly receipt: ReceiptRow;
  readonly isOwn: boolean;
  readonly mayIssue: boolean;
  readonly mayPrint: boolean;
  readonly typed?: Typed;
  readonly errors?: FieldErrors;
};

export function receiptView(facts: ReceiptPageFacts): ReceiptView {
  const { receipt, isOwn, mayPrint, mayIssue, errors = {} } = facts;
  const { id, number, state } = receipt;
  const papers = [
    button('看票据，可打印', 'main', `${RECEIPTS}/${id}/paper`),
    ...(state === 'VALID' ? [button('感谢信', 'second', `${RECEIPTS}/${id}/thanks`)] : []),
  ];
  return {
    title: `票据 ${number}`,
    state: tag(STANDING_COLOUR[state], RECEIPT_STANDING_WORDS[state]),
    line: receiptLine(receipt),
    errors: errorsOf(errors),
    facts: receiptFacts(receipt, isOwn),
    actions: mayPrint ? papers : [],
    reversal: mayIssue && isOwn && state === 'VALID' ? reversalPart(facts) : null,
  };
}

function receiptFacts(receipt: ReceiptRow, isOwn: boolean): SummaryRow[] {
  const { mode, amountFen, checkCode, shownName, giftId, cause, reason, returned, issuedAt } = receipt;
  return [
    row('交款人', shownName ?? UNNAMED_DONOR, { href: isOwn ? `/s/donations/${giftId}` : null }),
    row('金额', `${yuanText(amountFen)} 元`),
    row('票据种类', mode === 'INTERNAL' ? RECEIPT_MODE_WORDS.INTERNAL : '公益事业捐赠票据'),
    row('收款单位', receipt.issuerName),
    ...(receipt.issuerId === receipt.societyId ? [] : [row('由谁代收', receipt.societyName)]),
    row('校验码', checkCode),
    row('开票时间', instantWords(issuedAt)),
    ...(cause === null ? [] : [row('为什么红冲', `${REVERSAL_CAUSE_WORDS[cause]}：${reason ?? ''}`)]),
    ...(returned === null ? [] : [row('原票', RETURNED_AS_WORDS[returned])]),
  ];
}

function reversalPart({ receipt, typed = {}, errors = {} }: ReceiptPageFacts): ReceiptView['reversal'] {
  const causes = REVERSAL_CAUSES.map((value) => ({ value, label: REVERSAL_CAUSE_WORDS[value] }));
  const ways = RETURNED_AS.map((value) => ({ value, label: RETURNED_AS_WORDS[value] }));
  return {
    action: `${RECEIPTS}/${receipt.id}/reversal`,
    isOpen: Object.keys(errors).length > 0,
    cause: choiceField('cause', '为什么红冲？', causes, typed, errors),
    reason: textField('reason', '具体原因', typed, errors, {
      hint: '如：单位名称少了两个字。票上只印“开票有误”或“捐款退回”，这里写的留在登记簿里',
    }),
    returned: choiceField('returned', '原来那张票怎么收回的？', ways, typed, errors),
  };
}

export type WaiverView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly reason: TextFieldView;
};

/** Shown where what was typed on the page of the gift is not enough. */
export function waiverView(giftId: string, typed: Typed, errors: FieldErrors): WaiverView {
  return {
    title: '捐赠人不要票据',
    action: `/s/donations/${giftId}/receipt-waiver`,
    back: `/s/donations/${giftId}`,
    errors: errorsOf(errors),
    reason: textField('waiver', '捐赠人怎么说的？', typed, errors, { hint: '如：电话里说不用开' }),
  };
}
