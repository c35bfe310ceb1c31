import { instantShort } from '../kernel/chinese/words.js';
import { qrDrawingOf } from '../platform/pdf/qr.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { checkField, errorsOf, row, tag, textField } from '../platform/web/views.js';
import type { SummaryRow, TagView, TextFieldView } from '../platform/web/views.js';
import { CODE_MINUTES } from './phone-sign-in.service.js';
import type { ProofWay } from './proofs.service.js';
import type { Enrolment } from './second-factor.service.js';
import type { FactorState, ListedSession } from './sessions.queries.js';

const APP_HINT = '打开手机上的验证器应用，输入现在的 6 位数字；手机不在身边，输入一个备用码';

/** What is secret is never shown again, so nothing that was typed comes back. */
function codeField(errors: FieldErrors, hint = APP_HINT): TextFieldView {
  return textField('code', '验证码', {}, errors, {
    hint,
    autocomplete: 'one-time-code',
    short: true,
    secret: true,
  });
}

function passwordField(errors: FieldErrors): TextFieldView {
  return textField('password', '密码', {}, errors, { type: 'password', autocomplete: 'current-password' });
}

export function codeView(next: string | null, errors: FieldErrors) {
  return {
    title: '输入验证码',
    action: '/sign-in/code',
    errors: errorsOf(errors),
    next: next ?? '',
    code: codeField(errors),
  };
}

/** Where to go afterwards, and whether a form came too late before. */
export type ProofFor = { readonly next: string | null; readonly wasLost: boolean };

export function proofView(way: ProofWay, { next, wasLost }: ProofFor, wasSent: boolean, errors: FieldErrors) {
  const field = { app: codeField(errors), password: passwordField(errors), text: textedField(errors) }[way];
  return {
    title: '再验证一次身份',
    action: '/me/proof',
    errors: errorsOf(errors),
    next: next ?? '',
    lost: wasLost ? '刚才填的没有交上去，照片也没有存。确认以后请重新填一次。' : null,
    lead: '要办钱款、收款人、导出、职务这些事，先确认是您本人。验证一次管 10 分钟。',
    text: way === 'text' ? (wasSent ? '重新发一条' : '给我发短信验证码') : null,
    field: way === 'text' && !wasSent ? null : field,
  };
}

function textedField(errors: FieldErrors): TextFieldView {
  return codeField(errors, `短信里的 6 位数字，${CODE_MINUTES} 分钟内有效`);
}

export function phoneSignInView(next: string | null, typed: Typed, errors: FieldErrors) {
  return {
    title: '用手机号登录',
    action: '/sign-in/phone',
    errors: errorsOf(errors),
    next: next ?? '',
    phone: textField('phone', '手机号', typed, errors, {
      type: 'tel',
      inputmode: 'tel',
      autocomplete: 'tel',
      short: true,
      secret: true,
    }),
    keep: checkField(
      'keep',
      '这是谁的手机？',
      [{ value: 'yes', label: '我自己的，30 天内不用再登录' }],
      typed,
      errors,
      { optional: true },
    ),
  };
}

export function textedCodeView(next: string | null, errors: FieldErrors) {
  return {
    title: '输入短信验证码',
    action: '/sign-in/phone/code',
    errors: errorsOf(errors),
    next: next ?? '',
    lead: `这个号码如果能登录，短信已经发出，${CODE_MINUTES} 分钟内有效。`,
    code: textedField(errors),
  };
}

export function ownPhoneView(
  facts: {
    readonly tail: string | null;
    readonly wasSent: boolean;
    readonly mayRemove: boolean;
    readonly mayBind: boolean;
  },
  typed: Typed,
  errors: FieldErrors,
) {
  const { tail, wasSent, mayRemove, mayBind } = facts;
  return {
    title: '手机号登录',
    errors: errorsOf(errors),
    facts: [row('登录用的手机号', tail === null ? '还没有' : `尾号 ${tail}`)],
    code: wasSent ? textedField(errors) : null,
    phone:
      wasSent || !mayBind
        ? null
        : textField('phone', tail === null ? '用哪个手机号登录？' : '换成哪个手机号？', typed, errors, {
            ...{ type: 'tel', inputmode: 'tel', autocomplete: 'tel', short: true, secret: true },
            hint: '会发一条短信到这个号码，证明是您的',
          }),
    removal: tail !== null && mayRemove && !wasSent ? '/me/phone/removal' : null,
  };
}

type DeviceView = {
  readonly name: string;
  readonly state: TagView | null;
  readonly facts: readonly SummaryRow[];
  /** Null for the one that is looked at: that one signs out. */
  readonly ending: string | null;
};

export function devicesView(
  devices: readonly (ListedSession & { readonly isThis: boolean })[],
  factor: FactorState | null,
  mayBind: boolean,
  hasIdentityPage: boolean,
) {
  return {
    title: '我的登录',
    devices: devices.map(deviceView),
    others: devices.some(({ isThis }) => !isThis) ? '/me/devices/others/ending' : null,
    links: [
      ...(mayBind ? [{ words: '手机号登录', href: '/me/phone' }] : []),
      ...(hasIdentityPage ? [{ words: '单位账号登录', href: '/me/identity' }] : []),
      {
        words: factor?.confirmedAt ? '动态验证码已经设好' : '设置动态验证码',
        href: '/me/second-factor',
      },
    ],
  };
}

function deviceView(device: ListedSession & { readonly isThis: boolean }): DeviceView {
  const { id, origin, isThis, kept } = device;
  return {
    name: origin === 'api' ? '程序接口' : (device.deviceWords ?? '不认得的设备'),
    state: isThis ? tag('green', '这台') : null,
    facts: [
      row('登录时间', instantShort(device.startedAt)),
      row('最近使用', instantShort(device.seenAt)),
      row('网络地址', device.place ?? '没有记下'),
      row('保持登录', kept ? '30 天' : '不保持'),
    ],
    ending: isThis ? null : `/me/devices/${id}/ending`,
  };
}

export type FactorFacts = {
  readonly state: FactorState | null;
  readonly enrolment: Enrolment | null;
  /** Staff who can go nowhere else before it is set up. */
  readonly mustEnrol: boolean;
  readonly isAdmin: boolean;
};

export function factorView({ state, enrolment, mustEnrol, isAdmin }: FactorFacts, errors: FieldErrors) {
  const confirmedAt = state?.confirmedAt ?? null;
  const waiting = confirmedAt === null ? enrolment : null;
  return {
    title: '动态验证码',
    errors: errorsOf(errors),
    lead: mustEnrol
      ? '联合会工作人员和系统管理员，要先设好动态验证码才能办事。'
      : '设好以后，登录除了密码还要手机上的 6 位数字，别人知道密码也进不来。',
    on:
      state && confirmedAt
        ? {
            facts: [
              row('设好时间', instantShort(confirmedAt)),
              row('没用过的备用码', `${state.codesLeft} 个`),
            ],
            remover: isAdmin ? '另一位系统管理员' : '系统管理员',
            code: codeField(errors, '换一批备用码，要先输入现在的 6 位数字；旧的备用码随即作废'),
          }
        : null,
    waiting: waiting
      ? {
          qr: qrDrawingOf(waiting.uri),
          uri: waiting.uri,
          secret: waiting.secret.match(/.{1,4}/g)?.join(' ') ?? '',
          code: codeField(errors, '应用里显示的 6 位数字'),
        }
      : null,
    begin: confirmedAt ? null : { words: waiting ? '重新开始' : '开始设置', password: passwordField(errors) },
  };
}

/** The only page that ever shows them. */
export function recoveryCodesView(codes: readonly string[] | null) {
  return {
    title: codes === null ? '备用码已经给过了' : '把备用码抄下来',
    lines:
      codes === null
        ? ['备用码只显示一次。没有记下来，请回到“动态验证码”换一批。']
        : [
            '手机丢了或换了，用备用码登录，每个只能用一次。',
            '请抄在纸上，和存折一样收好，不要存在手机里。这一页关掉就看不到了。',
          ],
    codes: codes ?? [],
  };
}
