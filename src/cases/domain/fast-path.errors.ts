import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';
import { yuanShort } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

const ORDINARY_WAY = '这一件请大家表决。';

export class FastPathNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'FAST_PATH_NOT_FOUND';

  constructor() {
    super('没有这次紧急快办。', {}, '请从案件页打开。');
  }
}

export class OnlySecretaryOpens extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'ONLY_SECRETARY_OPENS';

  constructor() {
    super('紧急快办只能由现任秘书长发起。', {}, ORDINARY_WAY);
  }
}

export class OverFastPathLimit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'FAST_PATH_LIMIT';

  constructor(limitFen: Fen, askedFen: Fen) {
    super(
      `章程规定紧急快办最多 ${yuanShort(limitFen)} 元，这次要 ${yuanShort(askedFen)} 元。`,
      { limitFen, askedFen },
      ORDINARY_WAY,
    );
  }
}

/** D4-74: a no is a no. Whoever lets the time run out may be asked again. */
export class FastPathWasStopped extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FAST_PATH_STOPPED';

  constructor() {
    super('这一件的紧急快办已经有人不同意，不能再快办。', {}, ORDINARY_WAY);
  }
}

/** architecture.md 2: paying first makes debts, and whoever leaves them unpaid may not pay first again. */
export class PapersOverdue extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAPERS_OVERDUE';

  constructor(caseNumbers: readonly string[]) {
    super(
      `本社有 ${caseNumbers.length} 件过了时限还没补齐材料（${caseNumbers.join('、')}），紧急快办先停用。`,
      { count: caseNumbers.length, cases: caseNumbers.join(' ') },
      `请先补齐这些材料。${ORDINARY_WAY}`,
    );
  }
}

export class RatificationOverdue extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RATIFICATION_OVERDUE';

  constructor(caseNumbers: readonly string[], workingDays: number) {
    super(
      `本社有 ${caseNumbers.length} 件紧急快办过了 ${workingDays} 个工作日，理事会还没追认（${caseNumbers.join('、')}）。`,
      { count: caseNumbers.length, cases: caseNumbers.join(' ') },
      `请先请理事追认。${ORDINARY_WAY}`,
    );
  }
}

export class NoUntiedTrio extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_UNTIED_TRIO';

  constructor(seat: string, hasDeputy: boolean) {
    const who = hasDeputy ? `${seat}和副${seat}` : seat;
    super(
      `紧急快办要理事长、秘书长、监事三个人签，现在缺没有关系的${who}：没有人任职，或者是申请人、收款人、申请人的亲属。`,
      {},
      ORDINARY_WAY,
    );
  }
}

/** D4-68. The office is named, not the person. */
export class FastPathSuspended extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FAST_PATH_SUSPENDED';

  constructor(seat: string) {
    super(
      `现任${seat}签过的一件紧急快办没有得到理事会追认，暂停签紧急快办。`,
      {},
      `请镇联合社复核，复核后恢复。${ORDINARY_WAY}`,
    );
  }
}

/** Seed row 40: a broken pledge takes the fast path away, and never the help. */
export class FlaggedApplicant extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FAST_PATH_FLAGGED';

  constructor(untilOn: Day) {
    super(
      `申请人或者收款人有一条失信标记，到${dayWords(untilOn)}为止，其间不能紧急快办。`,
      { untilOn },
      `求助照样受理。${ORDINARY_WAY}`,
    );
  }
}

/** The office is named, not the person. */
export class FlaggedSigner extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FAST_PATH_SIGNER_FLAGGED';

  constructor(seat: string) {
    super(`现任${seat}有一条失信标记，其间不能签紧急快办。`, {}, ORDINARY_WAY);
  }
}

export class NotYourSignature extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'NOT_YOUR_SIGNATURE';

  constructor() {
    super('这次紧急快办不是请您签的。', {}, '请由页面上写着的三个人，各自用自己的账号签。');
  }
}

export class AlreadySigned extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_SIGNED';

  constructor() {
    super('您已经签过了，签了不能改。', {}, '请刷新页面，看看还差谁。');
  }
}

export class FastPathOver extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FAST_PATH_OVER';

  constructor(stateWords: string) {
    super(`这次紧急快办已经结束：${stateWords}。`, {}, '请刷新案件页，看看下一步是什么。');
  }
}

export class SigningTimeOver extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SIGNING_TIME_OVER';

  constructor(hours: number) {
    super(`紧急快办要在 ${hours} 小时内签完，时间已经过了。`, { hours }, ORDINARY_WAY);
  }
}

export class NothingToRatify extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_RATIFY';

  constructor() {
    super('这一件没有等着追认的紧急快办。', {}, '请刷新案件页，看看下一步是什么。');
  }
}

export class RatificationAlreadyAsked extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RATIFICATION_ALREADY_ASKED';

  constructor() {
    super('已经请理事追认了。', {}, '请打开那一轮表决，记下结果。');
  }
}

export class NobodyHeldOff extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOBODY_HELD_OFF';

  constructor() {
    super('这个人现在没有被暂停，不用恢复。', {}, '请回到镇联合社的页面看看现在的情况。');
  }
}
