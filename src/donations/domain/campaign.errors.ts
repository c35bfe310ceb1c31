import { DomainError } from '../../kernel/domain-error.js';

export class CampaignNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'CAMPAIGN_NOT_FOUND';

  constructor() {
    super('没有这个募捐活动。', {}, '请从募捐活动名单里打开。');
  }
}

/** D4-61: only with the certificate may everybody be asked (Charity Law, art. 22; 113 fines who asks without). */
export class PublicRaisingRefused extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PUBLIC_RAISING_REFUSED';

  constructor(hasCertificate: boolean) {
    super(
      hasCertificate
        ? '公开募捐资格证书管不到这些日子，不能公开募捐（《慈善法》第二十二条、第一百一十三条）。'
        : '没有公开募捐资格，不能公开募捐（《慈善法》第二十二条、第一百一十三条）。',
      {},
      '可以面向本社发起人、理事、会员定向募捐，或者请有资格的慈善组织合作募捐。证书由慈善总会的会长登记。',
    );
  }
}

export class PlanMissing extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PLAN_MISSING';

  constructor(days: number) {
    super(
      `公开募捐要先把募捐方案备案（《慈善法》第二十四条），请填备案编号和备案日期。`,
      { days },
      `方案在开始 ${days} 天以前备案；备案日期不能在今天以后。`,
    );
  }
}

export class PlanFiledLate extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PLAN_FILED_LATE';

  constructor(days: number, needed: number) {
    super(
      `募捐方案要在开始 ${needed} 天以前备案，现在只隔 ${days} 天。`,
      { days, needed },
      '请把开始的日期往后推；应对重大突发事件的，请选“应对突发事件”。',
    );
  }
}

export class PlanNotAwaited extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PLAN_NOT_AWAITED';

  constructor() {
    super('这个募捐活动的方案已经备案，或者不用备案。', {}, '请打开它看现在的情况。');
  }
}

/** Art. 32: nobody is made to give, and no household has its share. */
export class QuotaRefused extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'QUOTA_REFUSED';

  constructor(readonly word: string) {
    super(
      `“${word}”这样的话像是摊派，募捐不能摊派（《慈善法》第三十二条）。`,
      {},
      '捐不捐、捐多少都由本人决定，请改掉这句话。',
    );
  }
}

export class CampaignDaysWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CAMPAIGN_DAYS_WRONG';

  constructor(message: string) {
    super(message, {}, '请核对开始和结束的日期。');
  }
}

export class AdminShareTooHigh extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ADMIN_SHARE_TOO_HIGH';

  constructor(percent: number, most: number) {
    super(`管理费最多 ${most}%（《慈善法》第六十一条）。`, { percent, most }, '不提管理费就填 0。');
  }
}

/** A page for everybody holds nothing that belongs to one person (Charity Law, art. 82). */
export class CampaignTextPersonal extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CAMPAIGN_TEXT_PERSONAL';

  constructor(
    words: string,
    readonly field: string,
  ) {
    super(`${words}，不能放到公开页面上。`, {}, '请删掉这些内容。');
  }
}

export class CampaignNotStarted extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAMPAIGN_NOT_STARTED';

  constructor(startsOn: string) {
    super(`这个募捐活动 ${startsOn} 才开始，还没有可以公布的。`, { startsOn }, '请到开始以后再公布。');
  }
}

/** A gift counts for a campaign only on its days. */
export class CampaignNotRunning extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAMPAIGN_NOT_RUNNING';

  constructor(startsOn: string, endsOn: string) {
    super(
      `这个募捐活动从 ${startsOn} 到 ${endsOn}，收到的日期不在里面。`,
      { startsOn, endsOn },
      '不算在活动里的，募捐活动那一栏选“不是”。',
    );
  }
}

export class CampaignReported extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAMPAIGN_REPORTED';

  constructor() {
    super('这个募捐活动已经全面公布，不能再变。', {}, '后来的捐赠请单独记。');
  }
}

export class CampaignEnded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAMPAIGN_ENDED';

  constructor() {
    super('这个募捐活动已经结束了。', {}, '请公布全部情况。');
  }
}

/** Art. 29: a targeted campaign asks within its group only. */
export class DonorOutsideGroup extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONOR_OUTSIDE_GROUP';

  constructor(group: string) {
    super(
      `这是定向募捐，只面向“${group}”，不能记这位捐赠人的钱（《慈善法》第二十九条）。`,
      {},
      '他自己要捐的，不算在这个活动里：募捐活动那一栏选“不是”。',
    );
  }
}

/** What was raised for one use is booked for it, and for no other (Charity Law, art. 56). */
export class CampaignPurseDiffers extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAMPAIGN_PURSE_DIFFERS';

  constructor(purse: string) {
    super(
      `这个募捐活动的钱要记在“${purse}”，和捐赠人的指定不一样。`,
      {},
      '捐赠人另有指定的，不算在这个活动里。',
    );
  }
}

export class FeeInCampaign extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FEE_IN_CAMPAIGN';

  constructor() {
    super('会费不是捐赠，不能算在募捐活动里。', {}, '募捐活动那一栏选“不是”。');
  }
}

export class CertificateNotYours extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CERTIFICATE_NOT_YOURS';

  constructor() {
    super(
      '公开募捐资格证书由慈善总会登记，本社不能自己登记。',
      {},
      '请把证书交慈善总会，由会长登记在本社名下。',
    );
  }
}

export class CertificateDaysWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CERTIFICATE_DAYS_WRONG';

  constructor() {
    super('证书的截止日期在开始以前。', {}, '请对照证书核对。');
  }
}

/** The full report tells everything that came: goods are valued first. */
export class CampaignGoodsWaiting extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAMPAIGN_GOODS_WAITING';

  constructor() {
    super('这次募捐还有物资没有验收入库，不能公布全部情况。', {}, '请先在“捐赠物资”里验收、估价、入库。');
  }
}
