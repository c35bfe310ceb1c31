import { DomainError } from '../../kernel/domain-error.js';
import { fen, yuanText } from '../../kernel/fen.js';
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

export class PurseNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PURSE_NOT_FOUND';

  constructor() {
    super('账上没有这个基金或项目。', {}, '请从列表里选择记到哪里。');
  }
}

export class PurseAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PURSE_ALREADY_OPEN';

  constructor(name: string) {
    super(`账上已经有“${name}”。`, {}, '请直接使用它，或者换一个名称。');
  }
}

export class VoucherNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'VOUCHER_NOT_FOUND';

  constructor() {
    super('没有这张凭证。', {}, '请从凭证列表里打开。');
  }
}

export class NothingPaid extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_PAID';

  constructor() {
    super('这张付款单还没有付出过钱，没有可以退回的。', {}, '请先核对付款单。');
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

/** The form asks for it, and so do the tables; the ledger believes neither. */
export function refuseNothing(amountFen: Fen): void {
  if (amountFen <= 0) throw new AmountNotPositive(amountFen);
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

/** What was not paid cannot come back. */
export class ReservationNotSpent extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RESERVATION_NOT_SPENT';

  constructor() {
    super('这笔钱没有付出去，或者已经退回，不能再退。', {}, '请打开付款单，看打款和退回的经过。');
  }
}

export class NotAnInflow extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOT_AN_INFLOW';

  constructor() {
    super(
      '这张凭证没有登记来款，不是一笔收入。',
      {},
      '付出去的钱请在付款单上记退回；其他凭证请联系会计冲销。',
    );
  }
}

/** Money of it has been used, so that the payment which used it would lose its source. */
export class InflowUsed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'INFLOW_USED';

  constructor(amountFen: Fen, leftFen: Fen) {
    const used = yuanText(fen(amountFen - leftFen));
    super(
      `这笔来款 ${yuanText(amountFen)} 元，已经用了 ${used} 元，不能冲销。`,
      { amountFen, leftFen },
      '请照银行流水补记差额，或等用掉的钱退回来以后再冲销。',
    );
  }
}

/** What is held back waits for somebody's word: it is not taken back behind his back. */
export class InflowFrozen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'INFLOW_FROZEN';

  constructor(frozenFen: Fen) {
    super(
      `这笔来款有 ${yuanText(frozenFen)} 元冻结着，不能冲销。`,
      { frozenFen },
      '正在办退款，或者在问捐赠人能不能变更用途：先办完或者撤回。',
    );
  }
}

/** Of a gift no more goes back or another way than is left of it (D4-71). */
export class LotShort extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'LOT_SHORT';

  constructor(leftFen: Fen, askedFen: Fen) {
    super(
      `这笔捐款还没有用的是 ${yuanText(leftFen)} 元，不够 ${yuanText(askedFen)} 元。`,
      { leftFen, askedFen },
      `最多只能办 ${yuanText(leftFen)} 元。`,
    );
  }
}

/** What is promised stays covered (domain.md 3, rule 3). */
export class InflowPromised extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'INFLOW_PROMISED';

  constructor(freeFen: Fen, amountFen: Fen) {
    super(
      `现在可用 ${yuanText(freeFen)} 元，冲销要减 ${yuanText(amountFen)} 元，会动到已经留出的钱。`,
      { freeFen, amountFen },
      '请先记上正确的那一笔（流水号先空着），再冲销这一笔；或等留出的钱付出、放开以后再来。',
    );
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
