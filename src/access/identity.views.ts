import { instantShort } from '../kernel/chinese/words.js';
import { errorsOf, row } from '../platform/web/views.js';

export type OwnIdentity = {
  /** Since when; null: none is bound. */
  readonly boundAt: Date | null;
  /** Whether the person is of the staff, and a provider is there. */
  readonly mayBind: boolean;
  /** The provider vouched for somebody a moment ago, in this session. */
  readonly wasFound: boolean;
};

export function ownIdentityView({ boundAt, mayBind, wasFound }: OwnIdentity, refusal: string | null) {
  const isFree = boundAt === null && mayBind;
  return {
    title: '单位账号登录',
    errors: errorsOf(refusal === null ? {} : { identity: refusal }),
    lead: '连上以后，登录时可以点单位账号，不用再输这里的密码。密码照样能用。',
    facts: [row('单位账号', boundAt === null ? '还没有连上' : `${instantShort(boundAt)}连上`)],
    /** The button that binds stands on this page: nothing is bound by coming back. */
    confirm: isFree && wasFound ? '您刚才在单位的登录系统里登录成功。要用那个单位账号登录这里吗？' : null,
    start: isFree
      ? { words: wasFound ? '换一个单位账号' : '去单位的登录系统', href: '/me/identity/provider' }
      : null,
    nothing: boundAt === null && !mayBind ? '单位账号只给联合会工作人员和系统管理员用。' : null,
    removal: boundAt === null ? null : '/me/identity/removal',
  };
}
