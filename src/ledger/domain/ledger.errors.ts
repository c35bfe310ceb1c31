import { DomainError } from '../../kernel/domain-error.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

/** Not enough is free. A payment is never shrunk to what is there (domain.md 3, rule 12). */
export class FundCannotCover extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FUND_CANNOT_COVER';

  constructor(fund: string, heldFen: Fen, neededFen: Fen) {
    super(
      `${fund}现在可用 ${yuanText(heldFen)} 元，不够留出 ${yuanText(neededFen)} 元。`,
      { heldFen, neededFen },
      `可以把金额改到 ${yuanText(heldFen)} 元以内，等新的资金到账后再办，或转给镇联合社。`,
    );
  }
}

export class BookNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'BOOK_NOT_FOUND';

  constructor() {
    super('这个社还没有账簿。', {}, '请联系系统管理员建账。');
  }
}

export class BookAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BOOK_ALREADY_OPEN';

  constructor() {
    super('这个社已经有账簿了，一社一本。', {}, '请直接使用已有的账簿。');
  }
}

export class VoucherNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'VOUCHER_NOT_FOUND';

  constructor() {
    super('没有这张凭证。', {}, '请从凭证列表里打开。');
  }
}

/** The event has its voucher: whoever books it again is told so, and nothing changes. */
export class AlreadyBooked extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_BOOKED';

  constructor() {
    super('这笔业务已经记过账，同一笔只能记一次。', {}, '请在凭证列表里核对；记错了就冲销后重记。');
  }
}

export class AlreadyReversed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_REVERSED';

  constructor() {
    super('这张凭证已经冲销过，一张凭证只能冲销一次。', {}, '请查看冲销凭证。');
  }
}

/** Money that moved comes back by a bank return or a refund, with its lots; a mirror of the lines would lose them. */
export class CannotReverseMoney extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CANNOT_REVERSE_MONEY';

  constructor() {
    super('这张凭证动过银行或现金，不能直接冲销。', {}, '钱退回来以后，请按退款登记。');
  }
}

export class AmountNotPositive extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'AMOUNT_NOT_POSITIVE';

  constructor(amountFen: Fen) {
    super('金额要大于 0 元。', { amountFen }, '请填写大于 0 的金额，如 1000。');
  }
}

export class AlreadyReserved extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_RESERVED';

  constructor() {
    super('这一轮表决已经留过钱，一轮只留一次。', {}, '请打开这一轮表决查看。');
  }
}

export class ReservationNotHeld extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RESERVATION_NOT_HELD';

  constructor() {
    super('这笔钱没有留着：已经放开、已经付出，或金额不符。', {}, '请打开案件，看这一轮表决的结果。');
  }
}

/** The future is not in the books. */
export class ReceivedInFuture extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'RECEIVED_IN_FUTURE';

  constructor() {
    super('到账日期不能晚于今天。', {}, '请填写银行流水上的到账日期。');
  }
}
