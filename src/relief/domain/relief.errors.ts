import { DEDUCTION_WORDS } from '../../funds/domain/worksheet.js';
import type { Deduction } from '../../funds/domain/worksheet.js';
import { DomainError } from '../../kernel/domain-error.js';
import { yuanShort, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

export class ReliefNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'RELIEF_NOT_FOUND';

  constructor() {
    super('没有这件基金救助。', {}, '请从“基金救助”列表里找。');
  }
}

/** The act has no place in the state that the case is in: somebody was faster, or the page is old. */
export class ReliefNotInState extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RELIEF_NOT_IN_STATE';

  constructor(stateWords: string) {
    super(`这件现在是“${stateWords}”，这一步不能办。`, {}, '请刷新页面，看看下一步是什么。');
  }
}

export class CauseNotInRule extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CAUSE_NOT_IN_RULE';

  constructor(causeWords: string) {
    super(`这个基金的规则里没有“${causeWords}”这一项。`, {}, '请另选事由，或看看其他基金。');
  }
}

export class NoInvoices extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NO_INVOICES';

  constructor() {
    super('一张发票也没有填。', {}, '请每行填一张：发票号码 金额。');
  }
}

export class InvoiceTwice extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'INVOICE_TWICE';

  constructor(line: number) {
    super(`第 ${line} 张发票前面已经填过。`, { line }, '同一张发票只填一次。');
  }
}

/** D4-11. The number of the first case is for the desk alone; whoever submits learns only that it was used. */
export class InvoiceUsed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'INVOICE_USED';

  constructor(line: number, usedBy: string | null) {
    super(
      `第 ${line} 张发票在本基金已经用过${usedBy === null ? '' : `（${usedBy}）`}。`,
      { line, ...(usedBy === null ? {} : { usedBy }) },
      '请核对发票号码；同一张发票只能申请一次。',
    );
  }
}

export class NotBelowFederation extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOT_BELOW_FEDERATION';

  constructor() {
    super('上级还没有慈善总会，不能申请基金救助。', {}, '请联系县民政部门。');
  }
}

export class OnlyTheDesk extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ONLY_THE_DESK';

  constructor() {
    super('这一步由慈善总会办理。', {}, '请等总会办理，进展会写在这一件的页面上。');
  }
}

export class OnlyTheHome extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ONLY_THE_HOME';

  constructor() {
    super('这一步由提交申请的社办理。', {}, '请联系提交申请的社。');
  }
}

export class PolicyMissing extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'POLICY_MISSING';

  constructor(readonly deduction: Deduction) {
    super(
      `“${DEDUCTION_WORDS[deduction]}”还没有核。`,
      { deduction },
      '每一项政策都要写明：已报销、不符合、没批，还是没有参保。',
    );
  }
}

export class PolicyAmountWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'POLICY_AMOUNT_WRONG';

  constructor(readonly deduction: Deduction) {
    super(
      `“${DEDUCTION_WORDS[deduction]}”的金额和结果对不上。`,
      { deduction },
      '已经报销的要填金额和凭据，没有报销的金额空着。',
    );
  }
}

export class ReliefPapersMissing extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'RELIEF_PAPERS_MISSING';

  constructor(words: readonly string[]) {
    super(`还缺：${words.join('、')}。`, { missing: words.length }, '可以退回补正，让提交的社补来。');
  }
}

export class OriginalsNotStamped extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ORIGINALS_NOT_STAMPED';

  constructor() {
    super('发票原件还没有盖“已救助”章。', {}, '请核对原件、盖章以后再记。');
  }
}

export class AbnormalNeedsNote extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ABNORMAL_NEEDS_NOTE';

  constructor() {
    super('核对结果异常，还没有写明情况。', {}, '请写明哪里异常、怎样核实的；系统不会因此自动拒绝。');
  }
}

export class TooFewAssessors extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'TOO_FEW_ASSESSORS';

  constructor(least: number, found: number) {
    super(`综合研判至少要 ${least} 个不同的人打分，现在是 ${found} 个。`, { least, found });
  }
}

export class AssessorTied extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ASSESSOR_TIED';

  constructor() {
    super('有打分的人和申请人有关系，不能参加研判。', {}, '请换一个和申请人没有关系的人。');
  }
}

export class AssessorNotInOffice extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ASSESSOR_NOT_IN_OFFICE';

  constructor() {
    super('打分的人不在总会任职。', {}, '请在总会的任职名单里选。');
  }
}

export class ReviewerHandled extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVIEWER_HANDLED';

  constructor() {
    super('经办过这一件的人，不能再审核。', {}, '请另一位审核员审核。');
  }
}

export class ReviewerTwice extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVIEWER_TWICE';

  constructor() {
    super('这一件要两个人审核，您已经审过了。', {}, '请另一位审核员审核。');
  }
}

export class ReturnedTooOften extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RETURNED_TOO_OFTEN';

  constructor(most: number) {
    super(`已经退回过 ${most} 次，不能再退。`, { most }, '请电话联系补齐，或者请理事评审时一并说明。');
  }
}

export class NothingAsked extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTHING_ASKED';

  constructor() {
    super('没有写明要补什么。', {}, '请勾选要补的材料。');
  }
}

export class NothingBrought extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTHING_BROUGHT';

  constructor(words: readonly string[]) {
    super(`还没有补来：${words.join('、')}。`, {}, '每一样都要拍照补来。');
  }
}

/** The worksheet comes to nothing, or does not. */
export class NothingToGrant extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_GRANT';

  constructor() {
    super('按规则算出来是 0 元，没有可以评审的金额。', {}, '请核对算式；确实没有自付费用的，记不予救助。');
  }
}

export class SomethingToGrant extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SOMETHING_TO_GRANT';

  constructor(grantFen: Fen) {
    super(`按规则还能救助 ${yuanText(grantFen)} 元，不能这样结束。`, { grantFen }, '请理事评审。');
  }
}

/** Since the review the sum has grown: from the amount that the rule names, two have to have said yes. */
export class SecondReviewNeeded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SECOND_REVIEW_NEEDED';

  constructor(grantFen: Fen, needed: number, reviews: number) {
    super(
      `现在算出来是 ${yuanText(grantFen)} 元，要 ${needed} 个人审核，只审过 ${reviews} 个人。`,
      { grantFen, needed, reviews },
      '请先请第二个人审核，通过以后再请理事评审。',
    );
  }
}

export class ReviewsSuffice extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVIEWS_SUFFICE';

  constructor(reviews: number) {
    super(`这一件审核的人数够了（${reviews} 人），不用再审。`, { reviews }, '可以请理事评审。');
  }
}

export class NoticeStillRuns extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_STILL_RUNS';

  constructor() {
    super('事前公示还没有期满，不能批准。', {}, '请等公示期满；危及生命的可以先行拨付一部分。');
  }
}

export class ReliefTied extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RELIEF_TIED';

  constructor(words: string) {
    super(`您和申请人有关系（${words}），不能办这一件。`, {}, '请另一位没有关系的人办。');
  }
}

export class PlanDoesNotAddUp extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PLAN_DOES_NOT_ADD_UP';

  constructor(planned: Fen, toPay: Fen) {
    super(
      `各笔加起来 ${yuanShort(planned)} 元，应当是 ${yuanShort(toPay)} 元。`,
      { plannedFen: planned, toPayFen: toPay },
      '请改好各笔的金额。',
    );
  }
}

export class FamilyAccountMissing extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'FAMILY_ACCOUNT_MISSING';

  constructor() {
    super('家庭还没有收款账户。', {}, '请把钱付给医院；要付给家庭的，请提交的社先登记收款账户。');
  }
}

/** What somebody has approved by is not changed behind their back. */
export class ReliefAccountFixed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RELIEF_ACCOUNT_FIXED';

  constructor() {
    super('收款账户已经定下，这里不能再换。', {}, '卡有问题的，请联系慈善总会：打款以前可以换，要重新核对。');
  }
}

export class ReliefAccountSame extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RELIEF_ACCOUNT_SAME';

  constructor() {
    super('登记的就是这张卡。', {}, '要换的，请选另一张。');
  }
}

export class AdvanceNotAllowed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ADVANCE_NOT_ALLOWED';

  constructor() {
    super('这一件不能先行拨付。', {}, '只有评审通过、公示期内、危及生命、还没有先行拨付过的可以。');
  }
}

export class AdvanceTooMuch extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ADVANCE_TOO_MUCH';

  constructor(mostFen: Fen) {
    super(`先行拨付最多 ${yuanText(mostFen)} 元。`, { mostFen }, '其余的等公示期满再付。');
  }
}

export class StatementNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'STATEMENT_NEEDED';

  constructor() {
    super('还没有医院的催款单。', {}, '请拍下医院的催款单或者病危通知。');
  }
}

export class SignedAlready extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SIGNED_ALREADY';

  constructor() {
    super('这一处已经签过了。', {}, '请等另一人签。');
  }
}

export class SignerIsTheOther extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SIGNER_IS_THE_OTHER';

  constructor() {
    super('理事长和监事不能是同一个人，经办的人也不能签。', {}, '请另一人签。');
  }
}

export class MoneyIsOut extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RELIEF_MONEY_IS_OUT';

  constructor() {
    super('已经付出过钱，不能这样结束。', {}, '多付的按“要求退款”办理。');
  }
}

export class NothingToRefund extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTHING_TO_REFUND';

  constructor() {
    super('重算以后没有多付，不用退。', {}, '请核对后来报销的金额。');
  }
}

export class AlreadyItsHome extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_ITS_HOME';

  constructor() {
    super('这一件本来就由这个社办理。', {}, '请选申请人户籍或常住地的社。');
  }
}

export class NoMergerToLook extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_MERGER_TO_LOOK';

  constructor() {
    super('这一件没有要核对的合户，或者已经核对过。', {}, '请刷新页面，看看下一步是什么。');
  }
}

/** What the desk tries out is the desk's: the society has the sheet that the panel fixed. */
export class SheetNotFixed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SHEET_NOT_FIXED';

  constructor() {
    super('金额还没有定下来。', {}, '理事评审时定下金额，那以后可以打印计算表。');
  }
}
