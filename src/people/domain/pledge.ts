import { DomainError } from '../../kernel/domain-error.js';
import { PLEDGE_WORDS } from './consent.js';

export const PLEDGE_KINDS = ['APPLICANT', 'OFFICER'] as const;
/** Who pledges: whoever asks for help, and whoever takes an office (seed row 40, 诚信自律承诺书). */
export type PledgeKind = (typeof PLEDGE_KINDS)[number];

/** Every wording that was ever signed, by its version; a change of a word is a new version beside the old one. */
export const PLEDGE_TEXTS: Readonly<Record<string, Readonly<Record<PledgeKind, readonly string[]>>>> = {
  '2026-1': {
    APPLICANT: [PLEDGE_WORDS],
    OFFICER: [
      '遵守法律法规和互助社章程，如实办理，不弄虚作假。',
      '不收求助人的钱物，不优亲厚友；本人和亲属的事主动回避。',
      '管好用好每一分善款，账目公开，接受监事和上级监督。',
      '不泄露求助人和捐赠人的个人信息，离任以后也一样。',
      '违反承诺的，退回不当所得，接受免职和记入失信记录。',
    ],
  },
};
export const OFFICER_PLEDGE_VERSION = '2026-1';
export const OFFICER_PLEDGE_WORDS: readonly string[] = PLEDGE_TEXTS[OFFICER_PLEDGE_VERSION]?.OFFICER ?? [];

/** The term of an office has one pledge. */
export class PledgeAlreadySigned extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PLEDGE_ALREADY_SIGNED';

  constructor() {
    super('这个任期的承诺书已经签过了。', {}, '不用再签；换届以后按新的任期再签。');
  }
}
