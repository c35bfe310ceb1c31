import { clockOf } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import { dayWords, instantShort, instantWords } from '../kernel/chinese/words.js';
import { dayOf, timeOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { voucherName } from '../ledger/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  amountField,
  clock,
  errorsOf,
  fileField,
  row,
  table,
  tag,
  textField,
} from '../platform/web/views.js';
import type {
  AmountFieldView,
  ClockView,
  Colour,
  FileFieldView,
  LinkView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import { givenUpOf, RECOVERY_WORDS } from './domain/recovery-rules.js';
import type { RecoveryState } from './domain/recovery-rules.js';
import type { SubjectDescription } from './payment-subjects.js';
import type { Right } from './payment-rights.js';
import type { InstalmentFacts, RecoveryFacts } from './recoveries.queries.js';

export type RecoveryPageFacts = {
  readonly recovery: RecoveryFacts;
  readonly instalments: readonly InstalmentFacts[];
  readonly subject: SubjectDescription;
  /** Of who owes it; that of a person is masked. */
  readonly payerName: string;
  readonly duty: Duty | null;
  /** Null for whoever is no cashier. */
  readonly right: Right | null;
  readonly now: Date;
};

export type InstalmentFormView = {
  readonly action: string;
  readonly amount: AmountFieldView;
  readonly receivedAt: TextFieldView;
  readonly bankReference: TextFieldView;
  readonly photo: FileFieldView;
};

export type RecoveryView = {
  readonly title: string;
  readonly back: string;
  readonly state: TagView;
  readonly errors: ReturnType<typeof errorsOf>;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly clocks: readonly ClockView[];
  readonly facts: readonly SummaryRow[];
  readonly instalments: TableView;
  readonly note: string | null;
  readonly form: InstalmentFormView | null;
  readonly links: readonly LinkView[];
};

const COLOURS: Readonly<Record<RecoveryState, Colour>> = {
  OPEN: 'yellow',
  RECOVERED: 'green',
  WRITTEN_OFF: 'grey',
};

const yuan = (amount: Fen) => `${yuanText(amount)} 元`;

export function recoveryView(facts: RecoveryPageFacts, typed: Typed, errors: FieldErrors): RecoveryView {
  const { recovery, instalments, subject, right, duty, now } = facts;
  const { state } = recovery;
  const shown = duty && clockOf(duty, now);
  const mayCome = mostOf(recovery);
  return {
    title: `追回 ${recovery.caseNumber}`,
    back: subject.href,
    state: tag(COLOURS[state], RECOVERY_WORDS[state]),
    errors: errorsOf(errors),
    figures: [
      { label: '还欠', value: yuan(recovery.outstandingFen) },
      { label: '要退', value: yuan(recovery.demandedFen) },
      { label: '已退', value: yuan(recovery.recoveredFen) },
      ...(recovery.writtenOffFen > 0 ? [{ label: '已核销', value: yuan(recovery.writtenOffFen) }] : []),
      ...(recovery.recoveredLateFen > 0
        ? [{ label: '核销后收回', value: yuan(recovery.recoveredLateFen) }]
        : []),
    ],
    clocks: shown ? [clock(shown.label, shown.state, shown.words)] : [],
    facts: [
      row('案件', `${recovery.caseNumber} ${subject.title}`, { href: subject.href }),
      row('谁来退', facts.payerName),
      row('要求退款的时间', instantWords(recovery.demandedAt)),
      row('最晚退到', dayWords(recovery.dueOn)),
    ],
    instalments: instalmentsTable(instalments),
    note: mayCome > 0 && right && !right.may ? right.why.message : null,
    form: mayCome > 0 && right?.may ? instalmentForm(recovery, now, typed, errors) : null,
    links: [
      { words: '付款单', href: `/s/payments/${recovery.orderId}` },
      { words: '要求退款的凭证', href: voucherHref(recovery.voucherId) },
      ...(recovery.writeOffVoucherId
        ? [{ words: '核销的凭证', href: voucherHref(recovery.writeOffVoucherId) }]
        : []),
    ],
  };
}

function instalmentsTable(instalments: readonly InstalmentFacts[]): TableView {
  return table(
    '已经退回的',
    ['收到时间', '退了（元）:', '凭证', '照片'],
    instalments.map(({ receivedAt, amountFen, voucherId, voucherNumber, photoFileId }) => [
      instantShort(receivedAt),
      yuanText(amountFen),
      { words: voucherName(voucherNumber), href: voucherHref(voucherId) },
      { words: '看照片', href: `/s/files/${photoFileId}` },
    ]),
    '还没有退过。',
  );
}

/** The most that a form may take: what is owed, or what was given up and may come in after all. */
const mostOf = (recovery: RecoveryFacts): Fen =>
  recovery.state === 'WRITTEN_OFF' ? givenUpOf(recovery) : recovery.outstandingFen;

function instalmentForm(
  recovery: RecoveryFacts,
  now: Date,
  typed: Typed,
  errors: FieldErrors,
): InstalmentFormView {
  const isLate = recovery.state === 'WRITTEN_OFF';
  const shown = 'receivedAt' in typed ? typed : { ...typed, receivedAt: `${dayOf(now)}T${timeOf(now)}` };
  return {
    action: `/s/recoveries/${recovery.id}/instalments`,
    amount: amountField('amountFen', '这次退了多少？', typed, errors, {
      hint: `${isLate ? '已经核销，退回来的照样收' : '可以分几次退'}，最多 ${yuan(mostOf(recovery))}`,
    }),
    receivedAt: textField('receivedAt', '什么时候到账？', shown, errors, {
      type: 'datetime-local',
      short: true,
    }),
    bankReference: textField('bankReference', '流水号', typed, errors, {
      optional: true,
      hint: '照银行流水填，同一笔就不会记两次',
    }),
    photo: fileField('photo', '到账凭证照片', errors, {
      hint: '手机银行截图或回单都可以；收的是现金，先存进社里账户再记',
    }),
  };
}

const voucherHref = (voucherId: string) => `/s/ledger/vouchers/${voucherId}`;
