import { DomainError } from '../../kernel/domain-error.js';

export class NothingToList extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_LIST';

  constructor() {
    super('到那一天为止，没有还没公示的捐赠。', {}, '收到的捐赠由会计记账以后，才会出现在这里。');
  }
}

export class DonationListNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'DONATION_LIST_NOT_FOUND';

  constructor() {
    super('没有这张捐赠公示。', {}, '请从捐赠公示的列表里打开。');
  }
}

/** What was signed is public: it is corrected by another notice, and never taken back. */
export class DonationListSigned extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONATION_LIST_SIGNED';

  constructor() {
    super('这张捐赠公示已经签发，或者已经撤回过，不能再撤回。', {}, '请打开公示看现在的情况。');
  }
}

/** A list tells what came in. What is wrong in it is corrected; there is nothing that somebody could decide otherwise. */
export class ListIsNoDecision extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'LIST_IS_NO_DECISION';

  constructor() {
    super('捐赠公示只登记收到的捐赠，没有可以重新决定的。', {}, '请先把捐赠登记改对，再选“成立，更正文字”。');
  }
}
