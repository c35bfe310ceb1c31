import { dayWords } from '../../kernel/chinese/words.js';
import { ANSWER_WORKING_DAYS, REQUEST_WORDS } from '../../people/domain/person-right.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { choiceField, errorsOf, table, textField } from '../../platform/web/views.js';
import type { ChoiceView, ErrorView, TableView, TextFieldView } from '../../platform/web/views.js';
import { DONOR_RIGHT_WORDS, DONOR_WAY_WORDS, OWN_RIGHT_WORDS, OWN_RIGHTS } from '../domain/donor-right.js';

import type { DonorRequestFacts } from './donor-requests.queries.js';
import { wishField } from './donor-rights.views.js';
import type { KnownContact } from './my-rights.service.js';

export const MY_RIGHTS = '/d/rights';
export const MY_CONTACT = '/d/contact';

/** One record of his, by the society that keeps it. */
export type OwnPlace = { readonly donorId: string; readonly society: string; readonly isCompany: boolean };

export type MyRightsView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly days: string;
  /** What he changes himself: a company has no home place. */
  readonly contact: string;
  readonly requests: TableView;
  /** Null where nothing is his yet: then nobody can be asked. */
  readonly action: string | null;
  /** Null where only one society knows him: then it is `only`. */
  readonly donorId: ChoiceView | null;
  readonly only: string | null;
  readonly kind: ChoiceView;
  readonly wish: TextFieldView;
  readonly notes: readonly string[];
};

export function myRightsView(
  places: readonly OwnPlace[],
  requests: readonly DonorRequestFacts[],
  typed: Typed,
  errors: FieldErrors,
): MyRightsView {
  const kinds = OWN_RIGHTS.map((value) => ({ value, label: OWN_RIGHT_WORDS[value] }));
  const [first, second] = places;
  const isCompanyAlone = first !== undefined && places.every(({ isCompany }) => isCompany);
  const societies = places.map(({ donorId, society }) => ({ value: donorId, label: society }));
  return {
    title: '我的信息',
    errors: errorsOf(errors),
    contact: isCompanyAlone ? '手机' : '手机和家乡',
    days: `互助社在 ${ANSWER_WORKING_DAYS} 个工作日内答复您。`,
    requests: table(
      '提出过的请求',
      ['请求', '提出', '怎么提的', '结果'],
      requests.map(({ kind, askedOn, how, state, answer }) => [
        (how === 'ACCOUNT' ? OWN_RIGHT_WORDS : DONOR_RIGHT_WORDS)[kind],
        dayWords(askedOn),
        DONOR_WAY_WORDS[how],
        answer === null ? REQUEST_WORDS[state] : `${REQUEST_WORDS[state]}：${answer}`,
      ]),
      '还没有提出过。',
    ),
    action: first ? MY_RIGHTS : null,
    donorId: second ? choiceField('donorId', '向哪个互助社提？', societies, typed, errors) : null,
    only: second ? null : (first?.donorId ?? null),
    kind: choiceField('kind', '要互助社做什么？', kinds, typed, errors),
    wish: wishField(typed, errors),
    notes: notesOf(places),
  };
}

function notesOf(places: readonly OwnPlace[]): string[] {
  return [
    '改正姓名：以前开的票据不变，仍写开票时的姓名。',
    ...(places.some(({ isCompany }) => !isCompany)
      ? [
          '删除：手机、家乡和您捐赠时说的话没有了，公开的地方都写“爱心人士”，这个账号也看不到那里的捐赠了。凭证和票据依法要保存 30 年，上面的姓名不能删。',
        ]
      : []),
    ...(places.some(({ isCompany }) => isCompany)
      ? ['单位不是个人：删除只删联系电话，单位名称、捐赠和票据照常保存。']
      : []),
  ];
}

export type MyContactView = {
  readonly title: string;
  readonly back: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
  readonly phone: TextFieldView;
  /** Null for whoever gave as a company alone. */
  readonly homePlace: TextFieldView | null;
};

export function myContactView(now: KnownContact, typed: Typed, errors: FieldErrors): MyContactView {
  const known = { phone: now.phone ?? '', homePlace: now.homePlace ?? '', ...typed };
  return {
    title: now.hasHome ? '改手机和家乡' : '改手机',
    back: MY_RIGHTS,
    action: MY_CONTACT,
    errors: errorsOf(errors),
    phone: textField('phone', '手机号', known, errors, {
      optional: true,
      inputmode: 'tel',
      secret: true,
      short: true,
      hint: '空着就是不留手机',
    }),
    homePlace: now.hasHome
      ? textField('homePlace', '家乡', known, errors, {
          optional: true,
          hint: '如：柳溪村。写到村，不写门牌',
        })
      : null,
  };
}

export const myCopyPlace = {
  title: '我的全部信息',
  back: MY_RIGHTS,
  lead: '互助社保存的关于您的全部信息，现在的样子。受助的家庭不写姓名。可以打印，也可以下载数据文件。',
  file: '/d/copy.json',
};
