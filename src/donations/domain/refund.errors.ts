import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

export class RefundNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'REFUND_NOT_FOUND';

  constructor() {
    super('没有这笔退款。', {}, '请从退款名单里打开。');
  }
}

export class RefundMovedOn extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REFUND_MOVED_ON';

  constructor(state: string) {
    super(`这笔退款现在是“${state}”，不能这样办。`, { state }, '请打开它看现在的情况。');
  }
}

export class RefundAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REFUND_ALREADY_OPEN';

  constructor() {
    super('这笔捐赠已经有一笔退款在办。', {}, '请先办完那一笔，或者把它撤回再重新提。');
  }
}

/** A pledge, unknown money, a fee, goods: none of it can go back this way. */
export class NothingToRefund extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_REFUND';

  constructor(why: 'PLEDGED' | 'UNKNOWN' | 'ENDED' | 'FEE' | 'GOODS') {
    const words = {
      PLEDGED: ['这笔捐赠还没有到账，没有钱可退。', '不捐了的，请在这笔捐赠里取消认捐。'],
      UNKNOWN: ['这笔来款还不知道是谁的。', '先照银行流水认领，再办退款，钱才退得对人。'],
      ENDED: ['这笔捐赠已经取消，账上没有它的钱。', '请在捐赠名单里核对是哪一笔。'],
      FEE: ['这是会费，不是捐赠，不在这里退。', '退会费按章程办，请会计另外记账。'],
      GOODS: ['这是捐赠的物资，没有钱可退。', '物资退还请在物资里办。'],
    } as const;
    super(words[why][0], { why }, words[why][1]);
  }
}

/** What is used, promised or held back stays (D4-71): the figure that can go back is named. */
export class RefundOverUnspent extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REFUND_OVER_UNSPENT';

  constructor({ amountFen, unspentFen, freeFen }: { amountFen: Fen; unspentFen: Fen; freeFen: Fen }) {
    const gone = yuanText(fen(amountFen - unspentFen));
    const bound = fen(unspentFen - freeFen);
    const used = unspentFen < amountFen ? `，已经用掉或退掉 ${gone} 元` : '';
    const promised = bound > 0 ? `，其中 ${yuanText(bound)} 元已经留给别的事` : '';
    super(
      `这笔捐赠 ${yuanText(amountFen)} 元${used}，还没有用的是 ${yuanText(unspentFen)} 元${promised}。`,
      { amountFen, unspentFen, freeFen },
      freeFen > 0 ? `最多退 ${yuanText(freeFen)} 元。` : '现在没有能退的钱。',
    );
  }
}

/** 财综〔2024〕1号: what was receipted goes back only after the receipt is red-reversed. */
export class ReceiptStillOut extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECEIPT_STILL_OUT';

  constructor() {
    super(
      '这笔捐赠开了票据，退一部分也要先收回票据。',
      {},
      '请会计先把票据红冲，再办退款；退一部分的，余下的钱可以再开一张。',
    );
  }
}

export class AgreementNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'AGREEMENT_NEEDED';

  constructor() {
    super('用途办不成要退款的，要有捐赠人的书面意见。', {}, '请拍下捐赠人签字的意见书。');
  }
}

/** 会计法 37: who asks, who agrees and who pays are three. */
export class SameHands extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SAME_HANDS';

  constructor(what: 'ASKED' | 'APPROVED') {
    super(
      what === 'ASKED' ? '这笔退款是您提的，不能自己同意。' : '这笔退款是您同意的，不能自己付。',
      { what },
      what === 'ASKED' ? '请另一位理事长或副理事长来看。' : '请另一位出纳来付。',
    );
  }
}

export class RefundPaidOnWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'REFUND_PAID_ON_WRONG';

  constructor(from: Day, until: Day) {
    super(
      `退款日期要在 ${dayWords(from)}到 ${dayWords(until)}之间。`,
      { from, until },
      '同意以前不能付，今天以后的也不能先记。照银行回单填。',
    );
  }
}

export class RefundLineTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REFUND_LINE_TAKEN';

  constructor() {
    super(
      '这条银行流水已经记过退款。',
      {},
      '请照银行回单核对流水号。同一笔转账退了几笔的，要在记的时候一起勾上。',
    );
  }
}

/** One transfer goes to one account: what several givers gave cannot go back by it. */
export class RefundsOfSeveral extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'REFUNDS_OF_SEVERAL';

  constructor() {
    super('一笔转账只能退给同一位捐赠人。', {}, '不是同一个人的，和不知道是谁捐的，请分开转、分开记。');
  }
}

export class RefundLineUnsaid extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'REFUND_LINE_UNSAID';

  constructor(sumFen: Fen) {
    super('几笔退款合在一笔转账里，要填银行回单上的金额。', { sumFen }, '照银行回单填，好核对有没有漏勾。');
  }
}

export class RefundLineDiffers extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'REFUND_LINE_DIFFERS';

  constructor(lineFen: Fen, sumFen: Fen) {
    super(
      `勾上的退款一共 ${yuanText(sumFen)} 元，银行回单上是 ${yuanText(lineFen)} 元。`,
      { lineFen, sumFen },
      '请核对金额，再看看有没有漏勾、多勾。',
    );
  }
}

/** 会计法 37: whoever asked for the money does not carry it out of the house, either. */
export class AskerPays extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SAME_HANDS';

  constructor() {
    super('这笔退款是您提的，不能自己付。', { what: 'ASKED' }, '请另一位出纳来付。');
  }
}
