import { Injectable } from '@nestjs/common';
import type { Duty, DutyCard, DutyKind, DutyThread } from '../../duties/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { yuanShort } from '../../kernel/fen.js';
import { purseName } from '../../ledger/index.js';
import { NoticesQueries } from '../../notices/index.js';
import { societyOf } from '../../platform/web/caller.js';
import { ChangesOfUseQueries } from './change-of-use.queries.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import { RefundNotFound } from '../domain/refund.errors.js';
import { GiftRefundsQueries } from '../refunds/gift-refunds.queries.js';
import type { RefundFacts } from '../refunds/gift-refunds.queries.js';
import { UnknownMoneyQueries } from './unknown-money.queries.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const SIGNERS: readonly Role[] = ['chair', 'deputy'];

/** Who does what is owed, and whom the others wait for. */
const DOERS: Readonly<Partial<Record<DutyKind, readonly [doers: readonly Role[], waiting: string]>>> = {
  APPROVE_REFUND: [SIGNERS, '等理事长或副理事长同意退款'],
  PAY_REFUND: [['cashier'], '等出纳退款'],
  ASK_GIVERS: [['accountant'], '等会计记捐赠人的答复，再由理事长或秘书长办'],
  DECIDE_ANEW: [[...OFFICE, 'accountant'], '等秘书长或会计重新办'],
  CLOSE_ROUND: [[...OFFICE, ...SIGNERS, 'director'], '等理事表决'],
  SIGN_NOTICE: [SIGNERS, '等理事长或副理事长签公示'],
  POST_NOTICE: [OFFICE, '等秘书长张贴公示'],
  POSTING_PHOTO: [OFFICE, '等秘书长补张贴照片'],
  END_NOTICE: [OFFICE, '等公示到期'],
};

/** Who sees a card that is not his own to act on. */
const WATCHERS: readonly Role[] = ['secretary', 'chair', 'supervisor', 'accountant'];

/** What a home page says of a duty about a refund, a change of use, or money for which nobody came. */
@Injectable()
export class ChangeOfUseThread implements DutyThread {
  constructor(
    private readonly refunds: GiftRefundsQueries,
    private readonly changes: ChangesOfUseQueries,
    private readonly unknown: UnknownMoneyQueries,
    private readonly notices: NoticesQueries,
  ) {}

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    const { threadId, kind } = duty;
    const known = DOERS[kind];
    if (threadId === null || !known) return null;
    const [doers, waiting] = known;
    const acts = actor.roles.some((role) => doers.includes(role));
    if (!acts && !actor.roles.some((role) => WATCHERS.includes(role))) return null;
    const about = await this.aboutOf(societyOf(actor), duty, threadId);
    if (!about || (kind === 'POST_NOTICE' && !(await this.isSigned(societyOf(actor), duty)))) return null;
    const { title, href, lines } = about;
    return { title, href, lines, actHref: acts ? (hrefOf(duty) ?? href) : null, waiting };
  }

  private async aboutOf(
    societyId: string,
    duty: Duty,
    threadId: string,
  ): Promise<Pick<DutyCard, 'title' | 'href' | 'lines'> | null> {
    if (duty.subjectKind === 'gift-refund') {
      const refund = await this.refund(societyId, duty.subjectId);
      return (
        refund && {
          title: `退还捐款 ${yuanShort(refund.amountFen)} 元`,
          href: `/s/donations/refunds/${refund.id}`,
          lines: [`${refund.shownName ?? UNNAMED_DONOR} · 捐赠 ${refund.givenOn}`],
        }
      );
    }
    const change = await this.changes.find(societyId, threadId);
    if (change)
      return {
        title: `变更用途 ${purseName(change.from)}`,
        href: `/s/donations/changes-of-use/${change.id}`,
        lines: [`改用于 ${purseName(change.into)}`],
      };
    const unclaimed = await this.unknown.find(societyId, threadId);
    return (
      unclaimed && {
        title: `无人认领的来款 ${yuanShort(unclaimed.amountFen)} 元`,
        href: `/s/donations/${unclaimed.giftId}`,
        lines: [`到账 ${unclaimed.givenOn}`],
      }
    );
  }

  /** What nobody has signed yet, nobody can post. */
  private async isSigned(societyId: string, { subjectId }: Duty): Promise<boolean> {
    return (await this.notices.notice(societyId, subjectId)).state === 'SIGNED';
  }

  private async refund(societyId: string, refundId: string): Promise<RefundFacts | null> {
    try {
      return await this.refunds.refund(societyId, refundId);
    } catch (error) {
      if (error instanceof RefundNotFound) return null;
      throw error;
    }
  }
}

function hrefOf({ kind, subjectKind, subjectId }: Duty): string | null {
  if (kind === 'CLOSE_ROUND') return `/s/rounds/${subjectId}`;
  return subjectKind === 'notice' ? `/s/notices/${subjectId}` : null;
}
