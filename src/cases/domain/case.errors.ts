import { DomainError } from '../../kernel/domain-error.js';
import { yuanShort, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

export class CaseNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'CASE_NOT_FOUND';

  constructor() {
    super('没有这个案件。', {}, '请核对编号，或从案件列表里找。');
  }
}

export class DraftNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'DRAFT_NOT_FOUND';

  constructor() {
    super('这张没填完的单子找不到了，可能已经登记，或放了 7 天以上。', {}, '请从“登记急难”重新开始。');
  }
}

export class LeadNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'LEAD_NOT_FOUND';

  constructor() {
    super('没有这条线索。', {}, '请从线索列表里找。');
  }
}

export class LeadAlreadyCase extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'LEAD_ALREADY_CASE';

  constructor() {
    super('这条线索已经登记成案件了。', {}, '请从线索列表打开那个案件。');
  }
}

/** The act has no place in the state that the case is in: somebody was faster, or the page is old. */
export class CaseNotInState extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CASE_NOT_IN_STATE';

  constructor(stateWords: string) {
    super(`案件现在是“${stateWords}”，这一步不能办。`, {}, '请刷新案件页，看看下一步是什么。');
  }
}

export class OutOfScope extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'OUT_OF_SCOPE';

  constructor(scope: 'HUKOU' | 'RESIDENT') {
    const whom = scope === 'HUKOU' ? '本村户籍的人' : '本村户籍或常住本村的人';
    super(
      `章程规定本社只救助${whom}，这个人不在范围内。`,
      {},
      '请先核对名册里的户籍和居住情况，或告诉镇里。',
    );
  }
}

export class OverPerCaseLimit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PER_CASE_LIMIT';

  constructor(limitFen: Fen, askedFen: Fen) {
    super(
      `章程规定单笔最多 ${yuanShort(limitFen)} 元，这次要 ${yuanShort(askedFen)} 元。`,
      { limitFen, askedFen },
      `请改到 ${yuanShort(limitFen)} 元以内，或请镇里的联合社办。`,
    );
  }
}

export class HouseholdYearLimit extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'HOUSEHOLD_YEAR_LIMIT';

  constructor(numbers: {
    readonly usedFen: Fen;
    readonly askedFen: Fen;
    readonly limitFen: Fen;
    readonly usedCount: number;
    readonly limitCount: number;
  }) {
    const { usedFen, askedFen, limitFen, usedCount, limitCount } = numbers;
    super(
      `章程规定一户一年最多 ${limitCount} 次、共 ${yuanText(limitFen)} 元；今年这户已用 ${usedCount} 次、` +
        `${yuanText(usedFen)} 元，这次要 ${yuanText(askedFen)} 元，超了。`,
      numbers,
      '请减少金额，或请镇里的联合社办。',
    );
  }
}

export class SameCauseThisYear extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SAME_CAUSE_THIS_YEAR';

  constructor(causeWords: string, caseNumber: string, amountFen: Fen) {
    super(
      `同一个人同一原因一年只救助一次：今年已有 ${caseNumber} 号，${causeWords}，${yuanText(amountFen)} 元。`,
      { caseNumber, amountFen },
      '如果是另一件事，请改选原因；确有特殊情况，请镇里批准。',
    );
  }
}

export class ConsentRequired extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CONSENT_REQUIRED';

  constructor(what: string) {
    super(
      `还没有${what}，不能受理。`,
      {},
      '请念给申请人听，同意了再打勾。不同意公示不影响救助，公示单上就只写编号。',
    );
  }
}

export class GuardianRequired extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'GUARDIAN_REQUIRED';

  constructor() {
    super(
      '申请人未满 18 岁，要由监护人同意，名册里还没有登记监护人。',
      {},
      '请先在名册里登记监护人，再来登记急难。',
    );
  }
}

export class AccountNotOfPayee extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ACCOUNT_NOT_OF_PAYEE';

  constructor() {
    super(
      '选的这张卡不是收款人本人的，或者户名和本人姓名不一样。',
      {},
      '请选户名是本人的卡，或登记一张新卡。',
    );
  }
}

export class VisitorsNotTwo extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'VISITORS_NOT_TWO';

  constructor(found: number) {
    super(
      `要两个不同的人去看过，现在选了 ${found} 个。`,
      { found, needed: 2 },
      '请选两个人，或选“还没去看”。',
    );
  }
}

export class VisitorIsApplicant extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'VISITOR_IS_APPLICANT';

  constructor() {
    super('申请人不能核实自己的事。', {}, '请换一个人去看。');
  }
}

export class VisitorIsKin extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'VISITOR_IS_KIN';

  constructor(reasons: string) {
    super(`选的人里有申请人的亲属或关系人（${reasons}），不能由他核实。`, {}, '请换一个没有关系的人去看。');
  }
}

/** D4-19: whoever the money is for opens no round, casts no ballot, signs no notice and pays nothing out. */
export class ApplicantCannotAct extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'APPLICANT_CANNOT_ACT';

  constructor(act: string) {
    super(`申请人本人不能${act}。`, {}, '请由没有关系的同事来办；理事长是申请人时由副理事长办。');
  }
}

/** domain.md 2: no role moves a case in which it is recused. */
export class KinCannotAct extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'KIN_CANNOT_ACT';

  constructor(act: string, reasons: string) {
    super(`您和申请人有关系（${reasons}），不能${act}。`, {}, '请由没有关系的同事来办。');
  }
}

export class RecusalOfNoDirector extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'RECUSAL_OF_NO_DIRECTOR';

  constructor() {
    super('登记回避的人里有的不是现任理事。', {}, '请刷新页面重新选。');
  }
}

/** The case says something else than what the board had before it. */
export class CaseChangedSinceVote extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CASE_CHANGED_SINCE_VOTE';

  constructor() {
    super('表决发起以后，金额、收款人、账户或事由改过，这次表决不算数。', {}, '请重新请大家表决。');
  }
}

export class PaperBeforePayment extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAPER_BEFORE_PAYMENT';

  constructor() {
    super('还没有打款，不能登记收款回执。', {}, '请等出纳记了打款再补回执。');
  }
}

export class NoPapersGiven extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NO_PAPERS_GIVEN';

  constructor() {
    super('没有交照片，也没有写免交的原因。', {}, '请至少拍一张，或写明为什么交不了。');
  }
}

export class WaiverNeedsReason extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WAIVER_NEEDS_REASON';

  constructor(paperWords: string) {
    super(`“${paperWords}”免交要写明原因。`, {}, '请写一句为什么交不了。');
  }
}

export class PaperNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PAPER_NOT_FOUND';

  constructor() {
    super('没有这一种材料。', {}, '请从案件页点“补材料”看有哪几种。');
  }
}

/** Also said to the second of two who confirm at once. */
export class NoWaiverToConfirm extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_WAIVER_TO_CONFIRM';

  constructor(paperWords: string) {
    super(`“${paperWords}”没有等着确认的免交。`, {}, '请看材料现在的状态：可能已经确认，或者已经补交了。');
  }
}

export class NothingChanged extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTHING_CHANGED';

  constructor() {
    super('没有改动任何一项。', {}, '请改好要改的那一项；不用改的话，返回案件页。');
  }
}

export class PapersAlreadyDone extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAPERS_ALREADY_DONE';

  constructor() {
    super('这个案件的材料已经齐了，不用再交。');
  }
}

/** Between what was read for the papers and the unit that freezes it, somebody put the register right. */
export class RegisterJustCorrected extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REGISTER_JUST_CORRECTED';

  constructor() {
    super('名册里的姓名或者村民小组刚刚更正过。', {}, '请再按一次，按现在的写法办。');
  }
}
