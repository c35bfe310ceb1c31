import { instantShort } from '../kernel/chinese/words.js';
import type { PersonSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { checkField, choiceField, errorsOf, row, tag, textField } from '../platform/web/views.js';
import type { SummaryRow, TagView } from '../platform/web/views.js';
import type { ChoosableSociety, ListedAccount } from './access.queries.js';
import { PASSWORD_MIN } from './domain/credentials.js';
import type { Ways } from './ways.js';

/** Nothing that is secret is ever shown again. */
const withoutPasswords = (typed: Typed): Typed => ({ ...typed, password: '', again: '' });

export function signInView(next: string | null, ways: Ways, typed: Typed, errors: FieldErrors) {
  const shown = withoutPasswords(typed);
  return {
    title: '登录',
    action: '/sign-in',
    /** Only where somebody carries texts. */
    byPhone: ways.byPhone ? '/sign-in/phone' : null,
    /** Only where the federation has an identity provider. */
    byIdentity:
      ways.byIdentity === null
        ? null
        : {
            words: ways.byIdentity,
            href: `/sign-in/oidc${next === null ? '' : `?next=${encodeURIComponent(next)}`}`,
          },
    errors: errorsOf(errors),
    next: next ?? '',
    login: textField('login', '登录名', shown, errors, { autocomplete: 'username' }),
    password: textField('password', '密码', shown, errors, {
      type: 'password',
      autocomplete: 'current-password',
    }),
    keep: checkField(
      'keep',
      '这是谁的手机？',
      [{ value: 'yes', label: '我自己的，30 天内不用再登录' }],
      shown,
      errors,
      {
        optional: true,
      },
    ),
  };
}

export function linkView(token: string, fixedLogin: string | null, typed: Typed, errors: FieldErrors) {
  const shown = withoutPasswords(typed);
  return {
    title: '设置登录名和密码',
    action: `/link/${token}`,
    errors: errorsOf(errors),
    fixedLogin,
    login: textField('login', '登录名', fixedLogin === null ? shown : { login: fixedLogin }, errors, {
      hint: '用姓名拼音、单位简称都行，2 至 40 个字',
      autocomplete: 'username',
    }),
    password: textField('password', '密码', shown, errors, {
      type: 'password',
      hint: `至少 ${PASSWORD_MIN} 个字，可以用一句自己记得住的话`,
      autocomplete: 'new-password',
    }),
    again: textField('again', '再输一次密码', shown, errors, {
      type: 'password',
      autocomplete: 'new-password',
    }),
  };
}

export function linkSpentView() {
  return {
    title: '这条链接不能用了',
    lines: ['它用过了，或者已经过期。', '请找系统管理员要一条新的链接。'],
  };
}

export function chooseView(
  societies: readonly ChoosableSociety[],
  facts: {
    readonly isAdmin: boolean;
    readonly chosen: string | null;
    readonly next: string | null;
    readonly text: string;
  },
  errors: FieldErrors,
) {
  const options = societies.map(({ id, name }) => ({ value: id, label: name }));
  const typed = facts.chosen === null ? {} : { societyId: facts.chosen };
  return {
    title: '选互助社',
    action: '/choose',
    errors: errorsOf(errors),
    next: facts.next ?? '',
    search: facts.isAdmin
      ? textField('q', '按名称找', { q: facts.text }, {}, { type: 'search', optional: true })
      : null,
    lead: facts.isAdmin
      ? '进入一个互助社，登记人员和职务。案件和钱款，系统管理员看不到也办不了。'
      : '您在几个互助社有职务。一次只在一个社里办事，随时可以换。',
    society:
      options.length > 0 ? choiceField('societyId', '在哪个互助社办事？', options, typed, errors) : null,
    nothing: {
      words: facts.isAdmin ? '没有找到互助社。' : '这个账号还没有加入任何互助社，请找系统管理员。',
      actions: [],
    },
  };
}

export function adminView(societyName: string | null) {
  const inside = [
    { words: '名册', href: '/s/people' },
    { words: '职务', href: '/s/offices' },
    { words: '账号', href: '/admin/accounts' },
  ];
  return {
    title: '系统管理',
    societyName,
    everywhere: [
      { words: '互助社', href: '/admin/societies' },
      { words: '建立互助社', href: '/admin/societies/new' },
      { words: '记录封存', href: '/admin/seal' },
      { words: societyName === null ? '进入一个互助社' : '换一个互助社', href: '/choose' },
      ...(societyName === null ? [{ words: '管理员账号', href: '/admin/accounts' }] : []),
      { words: '短信', href: '/admin/messages' },
    ],
    inside: societyName === null ? [] : inside,
  };
}

export type AccountsFacts = {
  readonly accounts: readonly (ListedAccount & { readonly person: PersonSummary | null })[];
  /** Null: no society is chosen, and the page shows the administrators. */
  readonly societyName: string | null;
  readonly text: string;
  readonly found: readonly PersonSummary[];
  readonly ownAccountId: string | null;
};

type AccountView = {
  readonly name: string;
  readonly state: TagView;
  readonly facts: SummaryRow[];
  readonly links: string;
  readonly linkWords: string;
  /** Null where it is not to be had: disabled already, or one's own. */
  readonly disabling: string | null;
  /** Null where there is none, or it is one's own: another administrator takes it away. */
  readonly factorRemoval: string | null;
  /** A number that was given up belongs to somebody else soon. */
  readonly phoneRemoval: string | null;
  readonly identityRemoval: string | null;
};

export function accountsView(
  { accounts, societyName, text, found, ownAccountId }: AccountsFacts,
  errors: FieldErrors,
) {
  const people = found.map((person) => ({
    value: person.id,
    label: person.name,
    hint: [person.group, person.phoneTail === null ? '' : `尾号 ${person.phoneTail}`]
      .filter(Boolean)
      .join(' · '),
  }));
  return {
    title: societyName === null ? '管理员账号' : '账号',
    societyName,
    errors: errorsOf(errors),
    search:
      societyName === null
        ? null
        : textField('q', '给谁开账号？', { q: text }, errors, {
            type: 'search',
            hint: '姓名、拼音首字母或手机尾号后四位',
          }),
    person: people.length > 0 ? choiceField('personId', '选一位', people, {}, errors) : null,
    login: textField('login', '他已有的登录名', {}, errors, {
      optional: true,
      hint: '他在别的互助社已经有账号才填；填了就让那个账号也能在本社办事',
      short: true,
    }),
    nobody: text !== '' && people.length === 0,
    accounts: accounts.map((account) => accountView(account, ownAccountId)),
    nothing: { words: '还没有账号。', actions: [] },
  };
}

function accountView(account: AccountsFacts['accounts'][number], ownAccountId: string | null): AccountView {
  const usable = !account.isDisabled;
  return {
    name: account.person?.name ?? account.login ?? '还没有设登录名的管理员',
    state: account.isDisabled
      ? tag('grey', '已停用')
      : account.login === null && account.phoneTail === null
        ? tag('yellow', '等他打开链接')
        : tag('green', '能登录'),
    facts: [
      row('登录名', account.login ?? '还没有设'),
      row('登录用的手机号', account.phoneTail === null ? '没有' : `尾号 ${account.phoneTail}`),
      ...(account.hasIdentity ? [row('单位账号', '已连上')] : []),
      row('动态验证码', account.hasFactor ? '已设好' : '没有设'),
      row('最近登录', account.lastSeenAt === null ? '还没有登录过' : instantShort(account.lastSeenAt)),
    ],
    links: `/admin/accounts/${account.id}/links`,
    linkWords: usable ? '发新的登录链接' : '重新启用，发登录链接',
    phoneRemoval: account.phoneTail === null ? null : `/admin/accounts/${account.id}/phone/removal`,
    identityRemoval: account.hasIdentity ? `/admin/accounts/${account.id}/identity/removal` : null,
    factorRemoval:
      account.hasFactor && account.id !== ownAccountId
        ? `/admin/accounts/${account.id}/second-factor/removal`
        : null,
    disabling: usable && account.id !== ownAccountId ? `/admin/accounts/${account.id}/disabling` : null,
  };
}

/** The only page that ever shows the secret. */
export function linkMadeView(address: string | null, hours: number) {
  return {
    title: address === null ? '链接已经给过了' : '把这条链接交给他',
    lines:
      address === null
        ? ['链接只显示一次。没有记下来，请回到账号名单再发一条。']
        : [`请当面或用短信只发给本人。${hours} 小时内有效，只能用一次；他打开后自己设登录名和密码。`],
    address,
  };
}
