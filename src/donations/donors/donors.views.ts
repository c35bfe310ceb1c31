import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf, yearOf } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  button,
  checkField,
  choiceField,
  errorsOf,
  row,
  selectField,
  table,
  textField,
} from '../../platform/web/views.js';
import type {
  ButtonView,
  CheckView,
  ChoiceView,
  ErrorView,
  SelectView,
  SummaryRow,
  TableView,
  TextFieldView,
} from '../../platform/web/views.js';
import { ERASED } from '../../people/domain/person-right.js';
import { LOOK_LIMITS } from '../../people/domain/look.js';
import { DONOR_LOOK_REASON_WORDS, DONOR_LOOK_REASONS } from '../domain/donor-look.js';
import { DONOR_GROUP_WORDS, DONOR_GROUPS, DONOR_KIND_WORDS, DONOR_KINDS } from '../domain/donor.js';
import type { DonorPage, DonorRow } from './donors.queries.js';
import type { DonorSecret } from './donor-secrets.queries.js';
import type { GiftRow } from '../gifts/gifts.queries.js';
import { DONATIONS, DONORS, giftsTable } from '../gifts/gifts.views.js';

export type DonorsView = {
  readonly title: string;
  readonly lead: string;
  readonly errors: readonly ErrorView[];
  /** Null for whoever looks nobody up. */
  readonly q: TextFieldView | null;
  readonly donors: TableView;
  readonly next: string | null;
  readonly all: string | null;
  /** What donors ask of their own data; null for whoever does not read it. */
  readonly requests: string | null;
  readonly add: ButtonView | null;
};

type DonorsFacts = {
  readonly page: DonorPage;
  readonly searched: boolean;
  readonly mayKeep: boolean;
  readonly mayFind: boolean;
  readonly mayReadRequests: boolean;
  readonly typed?: Typed;
  readonly errors?: FieldErrors;
};

const findField = (typed: Typed, errors: FieldErrors): TextFieldView =>
  textField('q', '找捐赠人', typed, errors, {
    type: 'search',
    hint: '整个姓名、单位全称、手机号或者统一社会信用代码',
  });

export function donorsView({
  page,
  searched,
  mayKeep,
  mayFind,
  mayReadRequests,
  typed = {},
  errors = {},
}: DonorsFacts): DonorsView {
  return {
    title: '捐赠人',
    lead: searched ? `找到 ${page.rows.length} 位` : '谁捐的、捐了多少。个人的姓名遮住一部分，单位显示全称',
    errors: errorsOf(errors),
    q: mayFind ? findField(typed, errors) : null,
    donors: table(
      '捐赠人',
      ['捐赠人', '类别', '家乡', '捐了:', '署名'],
      page.rows.map((donor) => [
        { words: donor.shownName, href: `${DONORS}/${donor.id}` },
        DONOR_GROUP_WORDS[donor.group],
        donor.homePlace ?? '没有登记',
        `${yuanText(donor.givenFen)} 元（${donor.gifts} 笔）`,
        donor.publishesName ? '同意公开' : '不公开',
      ]),
      searched ? '没有找到。请核对写法，或者登记新的捐赠人。' : '还没有登记捐赠人。',
    ),
    next: page.next === null ? null : `${DONORS}?after=${page.next}`,
    all: searched ? DONORS : null,
    requests: mayReadRequests ? `${DONORS}/requests` : null,
    add: mayKeep ? button('登记捐赠人', 'main', `${DONORS}/new`) : null,
  };
}

export type DonorFormView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly kind: ChoiceView;
  readonly group: ChoiceView;
  readonly name: TextFieldView;
  readonly uscc: TextFieldView;
  readonly phone: TextFieldView;
  readonly homePlace: TextFieldView;
  readonly publishesName: CheckView;
  /** Sent back unread: see `DonorForm.version`. */
  readonly version: string | null;
  readonly button: string;
};

type Place = Pick<DonorFormView, 'title' | 'action' | 'back' | 'button'>;

export function donorFormView(place: Place, typed: Typed, errors: FieldErrors): DonorFormView {
  const kinds = DONOR_KINDS.map((value) => ({ value, label: DONOR_KIND_WORDS[value] }));
  const groups = DONOR_GROUPS.map((value) => ({ value, label: DONOR_GROUP_WORDS[value] }));
  return {
    ...place,
    errors: errorsOf(errors),
    version: typeof typed['version'] === 'string' ? typed['version'] : null,
    kind: choiceField('kind', '个人还是单位？', kinds, typed, errors, { tiles: true }),
    group: choiceField('group', '哪一类？', groups, typed, errors, { tiles: true }),
    name: textField('name', '姓名或者单位全称', typed, errors, { secret: true }),
    uscc: textField('uscc', '统一社会信用代码', typed, errors, {
      optional: true,
      hint: '单位必填，在营业执照上，18 位',
    }),
    phone: textField('phone', '手机号', typed, errors, {
      optional: true,
      inputmode: 'tel',
      secret: true,
      short: true,
    }),
    homePlace: textField('homePlace', '家乡', typed, errors, {
      optional: true,
      hint: '如：柳溪村。写到村，不写门牌',
    }),
    publishesName: checkField(
      'publishesName',
      '署名',
      [{ value: 'yes', label: '同意公开姓名（单位名称）', hint: '不同意的，公示里写“爱心人士”。以后可以改' }],
      typed,
      errors,
    ),
  };
}

export const newDonorPlace: Place = {
  title: '登记捐赠人',
  action: DONORS,
  back: DONORS,
  button: '登记捐赠人',
};

export const changePlace = (donorId: string): Place => ({
  title: '改捐赠人资料',
  action: `${DONORS}/${donorId}/changes`,
  back: `${DONORS}/${donorId}`,
  button: '保存',
});

/** What a correction begins with. */
export function typedOf(donor: DonorRow, { name, phone }: DonorSecret): Typed {
  return {
    kind: donor.kind,
    group: donor.group,
    name,
    uscc: donor.uscc ?? '',
    phone: phone ?? '',
    homePlace: donor.homePlace ?? '',
    ...(donor.publishesName ? { publishesName: 'yes' } : {}),
    version: String(donor.version),
  };
}

export type DonorView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly merged: string | null;
  /** What was erased at the wish of the donor, and when; null where nothing was. */
  readonly erased: string | null;
  /** 本人的权利. Null for whoever does not record requests. */
  readonly rights: string | null;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly facts: readonly SummaryRow[];
  readonly actions: readonly ButtonView[];
  readonly gifts: TableView;
  /** Another record that may be the same donor; null where there is none, or nobody asks who may. */
  readonly merger: { readonly action: string; readonly gone: SelectView } | null;
  readonly reveal: {
    readonly action: string;
    readonly isOpen: boolean;
    readonly reason: ChoiceView;
    readonly limits: string;
    /** Name and phone, once the reason is given. */
    readonly secret: readonly SummaryRow[] | null;
  } | null;
};

export type DonorFacts = {
  readonly donor: DonorRow;
  readonly gifts: readonly GiftRow[];
  readonly alike: readonly DonorRow[];
  readonly mayKeep: boolean;
  readonly mayRecord: boolean;
  readonly secret: DonorSecret | null;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export function donorView(facts: DonorFacts): DonorView {
  const { donor, gifts, alike, mayKeep, mayRecord, secret, typed, errors } = facts;
  const stands = donor.mergedIntoId === null && donor.shownName !== ERASED;
  return {
    title: donor.shownName,
    errors: errorsOf(errors),
    merged: donor.mergedIntoId === null ? null : `${DONORS}/${donor.mergedIntoId}`,
    erased: erasedWords(donor),
    rights: mayRecord && stands ? `${DONORS}/${donor.id}/requests` : null,
    figures: [
      { label: '一共捐了', value: `${yuanText(donor.givenFen)} 元` },
      { label: '笔数', value: `${donor.gifts} 笔` },
    ],
    facts: [
      row('类别', `${DONOR_KIND_WORDS[donor.kind]} · ${DONOR_GROUP_WORDS[donor.group]}`),
      ...(donor.uscc === null ? [] : [row('信用代码', donor.uscc)]),
      row('家乡', donor.homePlace ?? '没有登记'),
      row('手机', donor.hasPhone ? '已登记' : '没有登记'),
      row('署名', donor.publishesName ? '同意公开' : '不公开，写“爱心人士”'),
    ],
    actions: [
      ...(mayKeep && stands
        ? [
            button('记一笔捐赠', 'main', `${DONATIONS}/new?donor=${donor.id}`),
            button('改资料', 'second', `${DONORS}/${donor.id}/changes`),
            button('让他自己看去向', 'second', `${DONORS}/${donor.id}/invitation`),
          ]
        : []),
      // Of the year in which the donor last gave.
      ...gifts
        .slice(0, 1)
        .map(({ givenOn }) =>
          button('年度捐赠清单', 'second', `${DONORS}/${donor.id}/statements/${yearOf(givenOn)}`),
        ),
    ],
    gifts: giftsTable('捐过的', gifts, '还没有记过捐赠。'),
    merger:
      mayKeep && stands && alike.length > 0
        ? {
            action: `${DONORS}/${donor.id}/merger`,
            gone: selectField(
              'goneId',
              '并掉哪一条？',
              alike.map(({ id, shownName, gifts: count }) => ({
                value: id,
                label: `${shownName}，捐过 ${count} 笔`,
              })),
              typed,
              errors,
            ),
          }
        : null,
    reveal:
      mayKeep && donor.shownName !== ERASED
        ? {
            action: `${DONORS}/${donor.id}/reveal`,
            isOpen: 'reason' in errors || secret !== null,
            reason: choiceField(
              'reason',
              '为什么要看？',
              DONOR_LOOK_REASONS.map((value) => ({ value, label: DONOR_LOOK_REASON_WORDS[value] })),
              typed,
              errors,
            ),
            limits: `会留下记录，本人看得到。每天最多 ${LOOK_LIMITS.perDay} 次，${LOOK_LIMITS.whileMinutes} 分钟里最多 ${LOOK_LIMITS.perWhile} 次。`,
            secret: secret && [row('姓名', secret.name), row('手机', secret.phone ?? '没有登记')],
          }
        : null,
  };
}

function erasedWords({ erasedAt, kind }: DonorRow): string | null {
  if (erasedAt === null) return null;
  const what = kind === 'COMPANY' ? '联系电话' : '电话、家乡和捐赠时说的话';
  return `${dayWords(dayOf(erasedAt))}按本人要求删除了${what}。`;
}
