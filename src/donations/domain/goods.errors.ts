import { DomainError } from '../../kernel/domain-error.js';

export class GoodsNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'GOODS_NOT_FOUND';

  constructor() {
    super('没有这批物资。', {}, '请从物资名单里打开。');
  }
}

export class GoodsLineWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'GOODS_LINE_WRONG';

  constructor(line: number, words: string) {
    super(`第 ${line} 行：${words}。`, { line }, '一行一种，照单子填。');
  }
}

/** Whoever records what came does not inspect it. */
export class SameHands extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'GOODS_SAME_HANDS';

  constructor() {
    super('收物资的人不能自己验收。', {}, '请换一位来验收。');
  }
}

export class GoodsMovedOn extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'GOODS_MOVED_ON';

  constructor(state: string) {
    super(`这批物资现在是“${state}”，不能这样办。`, { state }, '请打开它看现在的情况。');
  }
}

export class AlreadyExpired extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'GOODS_EXPIRED';

  constructor(name: string, expiresOn: string) {
    super(
      `“${name}”${expiresOn} 已经过期，不能收也不能发。`,
      { expiresOn },
      '过期的验收数量填 0；库里的办处置。',
    );
  }
}

export class NothingAccepted extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'GOODS_WORTH_NOTHING';

  constructor() {
    super('收下的物资估价合计是 0，不能入库。', {}, '请照发票、市场价或者评估填单价。');
  }
}

/** Never below nothing: what is on the shelf, and no piece more. */
export class StockShort extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'STOCK_SHORT';

  constructor(name: string, left: number, asked: number) {
    super(`“${name}”库里只有 ${left}，不够 ${asked}。`, { left, asked }, '请少发一些，或者换别的物资。');
  }
}

export class RecipientNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'RECIPIENT_NOT_FOUND';

  constructor() {
    super('本社没有这个案号。', {}, '案号写成 2026-0012 这样，从案件页面上抄。');
  }
}

/** Goods follow a decision, as money does. */
export class RecipientNotApproved extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECIPIENT_NOT_APPROVED';

  constructor(state: string) {
    super(`这件案子现在是“${state}”，还不能发物资。`, { state }, '理事会通过以后再发。');
  }
}

/** Charity Law, art. 40: no giver names his own kin, and nobody hands out to his own. */
export class KinNotExcluded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'KIN_NOT_EXCLUDED';

  constructor() {
    super(
      '请先核对：领取的人不是捐赠人或者经手人的近亲属（《慈善法》第四十条）。',
      {},
      '核对了再勾选；是近亲属的不能发。',
    );
  }
}
