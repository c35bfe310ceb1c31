import { CAUSE_WORDS } from '../kernel/causes.js';
import { yuanShort } from '../kernel/fen.js';
import { formulaWords } from '../funds/index.js';
import type { FundWithMoney } from '../funds/index.js';
import { RELIEF_PAPER_WORDS } from '../funds/domain/rule.js';
import type { ReliefPaper, Rule } from '../funds/domain/rule.js';
import { CONSENT_WORDS, PLEDGE_WORDS, PURPOSES } from '../people/index.js';
import type { PayeeAccountSummary, PersonSummary } from '../people/index.js';
import { textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  amountField,
  checkField,
  choiceField,
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
  SummaryRow,
  TextFieldView,
} from '../platform/web/views.js';
import { NEW_CARD, NO_CARD, PHOTO_FIELDS } from './relief-fields.js';
import type { ApplyFacts, StartFacts } from './relief-forms.reading.js';
import { renamed } from './relief-state.views.js';
import { fundNameOf } from './relief.queries.js';

export type StartView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  /** Null where there is no fund to turn to: `nothing` says why. */
  readonly form: {
    readonly fund: ChoiceView;
    readonly who: TextFieldView;
    readonly pick: ChoiceView | null;
  } | null;
  readonly nothing: string;
};

/** First page: for whom, and from which fund. `matches` are those whom the typed name may mean. */
export function startView(
  { tree }: StartFacts,
  matches: readonly PersonSummary[] | null,
  typed: Typed,
  errors: FieldErrors,
): StartView {
  const nodes = tree?.nodes ?? [];
  return {
    title: '申请基金救助',
    errors: errorsOf(errors),
    form:
      nodes.length === 0
        ? null
        : {
            fund: choiceField('fundId', '向哪个基金申请？', nodes.map(fundOption(nodes)), typed, errors),
            who: textField('who', '给谁申请？', typed, errors, {
              hint: '可输姓名、拼音首字母（如 ljm）或电话后四位',
              suggest: { url: '/s/people/suggest', into: 'applicantId' },
            }),
            pick: matches && matches.length > 0 ? pickField(matches, typed, errors) : null,
          },
    nothing: tree
      ? `${tree.federation.name}还没有设立基金，暂时不能申请。`
      : '上级还没有慈善总会，暂时没有可以申请的基金。',
  };
}

const fundOption = (nodes: readonly FundWithMoney[]) => (node: FundWithMoney) => {
  const root = rootOf(nodes, node);
  return { value: node.id, label: fundNameOf(root.name, node.name), hint: node.purpose };
};

function rootOf(nodes: readonly FundWithMoney[], node: FundWithMoney): FundWithMoney {
  const parent = nodes.find(({ id }) => id === node.parentId);
  return parent ? rootOf(nodes, parent) : node;
}

function pickField(matches: readonly PersonSummary[], typed: Typed, errors: FieldErrors): ChoiceView {
  const known = matches.map(({ id, name, group, bornOn, phoneTail }) => ({
    value: id,
    label: `${name} ${group}`,
    hint: [bornOn && `${bornOn.slice(0, 4)} 年生`, phoneTail && `电话尾号 ${phoneTail}`]
      .filter(Boolean)
      .join('，'),
  }));
  return choiceField('pick', '是哪一位？', known, typed, errors);
}

/** A card that nobody has registered yet. */
export type CardView = {
  readonly isOpen: boolean;
  readonly number: TextFieldView;
  readonly bank: TextFieldView;
  readonly holder: TextFieldView;
};

export type ApplyView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  readonly bring: readonly string[];
  readonly personId: string;
  readonly fundId: string;
  readonly cause: ChoiceView;
  readonly invoices: TextFieldView;
  readonly debts: AmountFieldView;
  readonly story: TextFieldView;
  readonly account: ChoiceView;
  readonly card: CardView;
  readonly photos: readonly FileFieldView[];
  /** What a browser was given before is never sent back to it. */
  readonly photosAgain: string | null;
  readonly consents: CheckView;
  readonly pledge: CheckView;
};

/** Second page: what happened, what it cost, where the money goes, what was signed. */
export function applyView(facts: ApplyFacts, typed: Typed, errors: FieldErrors): ApplyView {
  const { person, fund, root, rule, accounts } = facts;
  return {
    title: '申请基金救助',
    back: '/s/relief/new',
    errors: errorsOf(besidePhoto(rule, errors)),
    facts: [
      row('给谁', `${person.name}（${person.group}）`, { change: '/s/relief/new' }),
      row('基金', fundNameOf(root.name, fund.name), { change: '/s/relief/new' }),
      row('怎样算', formulaWords(rule.formula)),
      row('每户最高', `${yuanShort(rule.capFen)} 元`),
    ],
    bring: rule.papers.map((paper) => RELIEF_PAPER_WORDS[paper]),
    personId: person.id,
    fundId: fund.id,
    cause: choiceField(
      'cause',
      '出了什么事？',
      rule.causes.map((value) => ({ value, label: CAUSE_WORDS[value] })),
      typed,
      errors,
      { tiles: true },
    ),
    invoices: invoicesField(typed, errors),
    debts: amountField('debtsFen', '家里还欠多少钱？', typed, errors, {
      optional: true,
      hint: '看病、救灾欠下的债，没有就空着；只作参考，不算进金额',
    }),
    story: textField('story', '说两句', typed, errors, {
      rows: 4,
      optional: true,
      secret: true,
      hint: '家里几口人、怎么出的事、现在最难的是什么。这里写的不会出现在公示单上。',
    }),
    account: accountField(accounts, typed, errors),
    card: cardFields(typed, errors),
    photos: photoFields(rule.papers, besidePhoto(rule, errors)),
    photosAgain: Object.keys(errors).length > 0 ? '刚才选的照片没有存下来，请再选一遍。' : null,
    consents: checkField(
      'consents[]',
      person.isMinor ? '监护人同意哪几条？' : '本人同意哪几条？',
      PURPOSES.map((purpose) => ({ value: purpose, label: CONSENT_WORDS[purpose] })),
      typed,
      errors,
      { hint: '一条一条念给他听，同意的打勾。前两条不同意就不能办。' },
    ),
    pledge: checkField('pledged', '承诺书', [{ value: 'yes', label: PLEDGE_WORDS }], typed, errors),
  };
}

export function invoicesField(
  typed: Typed,
  errors: FieldErrors,
  more: { readonly label?: string; readonly hint?: string; readonly optional?: boolean } = {},
): TextFieldView {
  return textField('invoices', more.label ?? '有哪些发票？', typed, errors, {
    rows: 5,
    optional: more.optional ?? false,
    hint: more.hint ?? '一行写一张：发票号码，空一格，再写金额。如 12345678 99540.00',
  });
}

export function accountField(
  accounts: readonly PayeeAccountSummary[],
  typed: Typed,
  errors: FieldErrors,
  { mayBeNone } = { mayBeNone: true },
): ChoiceView {
  const known = accounts.map(({ id, bankName, cardTail, luhn }) => ({
    value: id,
    label: `${bankName} 尾号 ${cardTail}`,
    hint: luhn ? null : '卡号校验不通过，打款前请核对',
  }));
  const others = [
    { value: NEW_CARD, label: known.length > 0 ? '另一张卡' : '本人的卡，填在下面' },
    ...(mayBeNone ? [{ value: NO_CARD, label: '不用卡，直接付给医院' }] : []),
  ];
  return choiceField('account', '批下来的钱打到哪里？', [...known, ...others], typed, errors);
}

export function cardFields(typed: Typed, errors: FieldErrors): CardView {
  const isFaulty = ['cardNumber', 'bankName', 'holderName'].some((name) => name in errors);
  return {
    isOpen: isFaulty || textIn(typed, 'account') === NEW_CARD,
    number: textField('cardNumber', '卡号', typed, errors, {
      inputmode: 'numeric',
      optional: true,
      secret: true,
      hint: '选了“另一张卡”或“本人的卡”才填',
    }),
    bank: textField('bankName', '开户行', typed, errors, { optional: true, hint: '如 某某农商银行' }),
    holder: textField('holderName', '户名', typed, errors, { optional: true, hint: '不填就是本人' }),
  };
}

/** Several bills rarely fit into one photo. */
const MOST_PHOTOS: Readonly<Partial<Record<ReliefPaper, number>>> = { INVOICES: 3 };

export function photoFields(
  papers: readonly ReliefPaper[],
  errors: FieldErrors,
  optional = true,
): FileFieldView[] {
  return papers.flatMap((paper) => {
    const name = PHOTO_FIELDS[paper];
    return Array.from({ length: MOST_PHOTOS[paper] ?? 1 }, (_each, i) => {
      const label = `${RELIEF_PAPER_WORDS[paper]}${i === 0 ? '' : ` 第 ${i + 1} 张`}`;
      const field = fileField(name, label, i === 0 ? errors : {}, {
        optional: optional || i > 0,
        camera: true,
      });
      return i === 0 ? field : { ...field, id: `${name}-${i + 1}` };
    });
  });
}

/** What is wrong with the photos as a whole is said beside the first of them. */
export function besidePhoto({ papers }: Pick<Rule, 'papers'>, errors: FieldErrors): FieldErrors {
  const [first] = papers;
  return first === undefined ? errors : renamed(errors, { papers: PHOTO_FIELDS[first] });
}
