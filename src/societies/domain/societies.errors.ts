import { DomainError } from '../../kernel/domain-error.js';
import type { CharterFault } from './charter.js';

export class SocietyNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'SOCIETY_NOT_FOUND';

  constructor() {
    super('没有找到这个互助社。', {}, '请回到互助社名单重新选择。');
  }
}

export class CharterNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'CHARTER_NOT_FOUND';

  constructor() {
    super('这一天还没有生效的章程。', {}, '请核对日期，或先登记当时生效的章程。');
  }
}

export class CharterNotAcceptable extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CHARTER_NOT_ACCEPTABLE';

  constructor(readonly faults: readonly CharterFault[]) {
    super(
      `章程有 ${faults.length} 处自相矛盾或超出范围：${faults.map(({ words }) => words).join('；')}。`,
      { faults: faults.length, terms: faults.map(({ term }) => term).join(',') },
      '请对照章程原文改正后再交。',
    );
  }
}

export class CharterBackdated extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CHARTER_BACKDATED';

  constructor(validFrom: string, lastFrom: string) {
    super(
      `新章程的生效日 ${validFrom} 不晚于现行版本的生效日 ${lastFrom}。`,
      { validFrom, lastFrom },
      '已经办过的事仍按当时的章程；请填写更晚的生效日。',
    );
  }
}

export class RegionNotFound extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'REGION_NOT_FOUND';

  constructor(regionCode: string) {
    super(
      `行政区划代码 ${regionCode} 没有登记，或者已经停用。`,
      { regionCode },
      '请先导入区划名单，或核对代码。',
    );
  }
}

export class RegionListWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'REGION_LIST_WRONG';

  constructor(line: number, words: string) {
    super(`区划名单第 ${line} 行不对：${words}。`, { line }, '请改正这一行再导入；整份名单都还没有写入。');
  }
}

export class RegionCodeNotEnded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REGION_CODE_NOT_ENDED';

  constructor(endedOn: string) {
    super(
      `这个区划的现行代码不能在 ${endedOn} 停用：它的启用日期更晚。`,
      { endedOn },
      '请核对名单里的日期；整份名单都还没有写入。',
    );
  }
}

export class SocietyAlreadyFounded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SOCIETY_ALREADY_FOUNDED';

  constructor() {
    super(
      '这个地方已经有同名的互助社，或者这个统一社会信用代码已经用过。',
      {},
      '请在互助社名单里查看，不要重复建立。',
    );
  }
}

export class UsccWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'USCC_WRONG';

  constructor() {
    super(
      '统一社会信用代码不对（应为 18 位，最后一位是校验码）。',
      {},
      '请对照登记证书重新填写；只备案没有登记的可以不填。',
    );
  }
}

export class ParentNotAbove extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PARENT_NOT_ABOVE';

  constructor() {
    super('上级组织应当比它高一级：村归乡镇联合社或总会，乡镇归总会。', {}, '请重新选择上级组织，或者不选。');
  }
}

/** Money that is held for others lies with the federation above them (domain.md 1.2). */
export class NobodyHoldsTheMoney extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOBODY_HOLDS_THE_MONEY';

  constructor() {
    super(
      '上面没有慈善总会，不能选“慈善总会代管”。',
      {},
      '请先选慈善总会或它下面的联合社作上级组织，或者改选自己的账户。',
    );
  }
}

/** Its books, and those of the federation, tell of one place where the money lies. */
export class CustodyStays extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CUSTODY_STAYS';

  constructor() {
    super('钱由谁代管，在建社时定下，新章程不能改。', {}, '请保留原来的代管方式；要换账户，请先和总会结清。');
  }
}
