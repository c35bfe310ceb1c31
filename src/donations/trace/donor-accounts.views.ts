import { LINK_HOURS } from '../../access/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { errorsOf, textField } from '../../platform/web/views.js';
import type { ErrorView, TextFieldView } from '../../platform/web/views.js';
import type { DonorRow } from '../donors/donors.queries.js';
import { DONORS } from '../gifts/gifts.views.js';

export type InvitationView = {
  readonly title: string;
  readonly back: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
  readonly who: string;
  readonly lead: string;
  readonly login: TextFieldView | null;
  readonly button: string;
  /** Where an account is cut off again; null as long as none is linked. */
  readonly end: string | null;
};

export function invitationView(
  { id, shownName, accountId }: DonorRow,
  typed: Typed,
  errors: FieldErrors,
): InvitationView {
  const isKnown = accountId !== null;
  return {
    title: isKnown ? '再发一条登录链接' : '让捐赠人自己看去向',
    back: `${DONORS}/${id}`,
    action: `${DONORS}/${id}/invitation`,
    errors: errorsOf(errors),
    who: shownName,
    lead: isKnown
      ? '他已经有账号。忘了密码，或者没有来得及用上一条链接，就再发一条；以前的链接作废。'
      : '发一条只能用一次的链接，他打开后自己设登录名和密码，就能看到每一分钱用到了哪里、下载票据。',
    login: isKnown
      ? null
      : textField('login', '他已有的登录名', typed, errors, {
          optional: true,
          short: true,
          hint: '他已经能登录才填。填了不发链接：他登录后看到本社的名字，自己点“是我的”，才看得到这里的捐赠',
        }),
    button: isKnown ? '再发一条链接' : '发链接',
    end: isKnown ? `${DONORS}/${id}/invitation/end` : null,
  };
}

export type InvitedView = {
  readonly title: string;
  readonly back: string;
  readonly lines: readonly string[];
  readonly address: string | null;
};

/** The only page that ever shows the secret. */
export function invitedView(donorId: string, address: string | null, offered: boolean): InvitedView {
  const back = `${DONORS}/${donorId}`;
  if (offered) {
    const lines = [
      '登录名填对了，他登录后在“我的捐赠”里会看到本社的名字。他自己点了“是我的”，才看得到这里的捐赠。',
      '他没有看到，请当面核对登录名再填一次，或者改发链接。',
    ];
    return { title: '等他自己认领', back, lines, address: null };
  }
  if (address === null)
    return { title: '链接已经给过了', back, lines: ['链接只显示一次。没有记下来，请再发一条。'], address };
  const lines = [
    `请当面给，或者只发给本人。${LINK_HOURS} 小时内有效，只能用一次；他打开后自己设登录名和密码。`,
  ];
  return { title: '把这条链接交给捐赠人', back, lines, address };
}
