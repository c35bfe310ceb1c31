/** An amount as paper has it: words and figures, made from one integer. */
export type Money = {
  /** 壹仟元整 */
  readonly amountInWords: string;
  /** 1,000.00 */
  readonly amount: string;
};

/** What money may be for: a closed list, since a purpose typed by somebody could name whom it is for. */
export const USES = ['EMERGENCY', 'SCHOOLING', 'ELDERLY', 'DISABLED', 'DISASTER', 'UNRESTRICTED'] as const;
export type Use = (typeof USES)[number];

export const USE_WORDS: Readonly<Record<Use, string>> = {
  EMERGENCY: '急难救助',
  SCHOOLING: '助学',
  ELDERLY: '助老',
  DISABLED: '助残',
  DISASTER: '救灾',
  UNRESTRICTED: '不指定用途的互助支出',
};

/** Decisions of the board that are no grant (domain.md 1.6). Figures and numbers only: the sentences stand below. */
export type Resolution =
  | { readonly about: 'CHARTER'; readonly charterVersion: number; readonly validFrom: string }
  | {
      readonly about: 'FUND_RULE';
      /** 安心纾困慈善基金救助规则 */
      readonly rule: string;
      readonly ruleVersion: number;
      readonly validFrom: string;
    }
  | {
      readonly about: 'WRITE_OFF';
      /** Whose money it was: below one union every village has a case of that number. */
      readonly societyName: string;
      readonly caseNumber: string;
      /** Null where nothing came back. */
      readonly recovered: Money | null;
      readonly writtenOff: Money;
      /** Stands there only where an objection to the revocation was right. */
      readonly upheld?: true;
    }
  | { readonly about: 'CHANGE_OF_USE'; readonly moved: Money; readonly from: Use; readonly to: Use }
  | {
      readonly about: 'UNCLAIMED_MONEY';
      readonly taken: Money;
      readonly receivedOn: string;
      readonly days: number;
    }
  | {
      readonly about: 'FAST_PATH_NOT_RATIFIED';
      readonly caseNumber: string;
      /** Null where it has not been paid yet. */
      readonly paidOn: string | null;
      readonly granted: Money;
    };
export type ResolutionSubject = Resolution['about'];

export const RESOLUTION_WORDS: Readonly<Record<ResolutionSubject, string>> = {
  CHARTER: '修订章程',
  FUND_RULE: '修订基金规则',
  WRITE_OFF: '核销未追回的救助款',
  CHANGE_OF_USE: '变更资金用途',
  UNCLAIMED_MONEY: '无人认领的来款转作互助支出',
  FAST_PATH_NOT_RATIFIED: '未追认紧急快办',
};

/** 人民币壹仟元整（¥1,000.00） */
export const moneyWords = ({ amountInWords, amount }: Money): string =>
  `人民币${amountInWords}（¥${amount}）`;

/** The fixed sentences of each subject, in order: what was decided, then what follows from it. */
export function resolutionSentences(resolution: Resolution): string[] {
  switch (resolution.about) {
    case 'CHARTER': {
      const { charterVersion, validFrom } = resolution;
      return [
        `通过本社章程第${charterVersion}版，自${validFrom}起施行，原章程同时停止执行。`,
        '施行以前已经发起表决的救助，仍按发起表决时的章程办理。章程全文在公开联系处备查。',
      ];
    }
    case 'FUND_RULE': {
      const { rule, ruleVersion, validFrom } = resolution;
      return [
        `通过${rule}第${ruleVersion}版，自${validFrom}起施行，原规则同时停止执行。`,
        '施行以前已经提请评审的救助，仍按提请评审时的规则办理。规则全文在公开联系处备查。',
      ];
    }
    case 'WRITE_OFF': {
      const { societyName, caseNumber, recovered, writtenOff, upheld = false } = resolution;
      const came = recovered === null ? '' : `已经追回${moneyWords(recovered)}，`;
      const rest = recovered === null ? '' : '其余';
      if (upheld)
        return [
          `${societyName}案号${caseNumber}的救助撤销以后，对撤销的异议经查成立；应退回的救助款，${came}${rest}${moneyWords(writtenOff)}不再追回，予以核销。`,
        ];
      return [
        `${societyName}案号${caseNumber}应退回的救助款，${came}${rest}${moneyWords(writtenOff)}经多次催收没有追回，予以核销。`,
        '核销以后又追回的款项，仍退回救急难池，并记入账目。',
      ];
    }
    case 'CHANGE_OF_USE': {
      const { moved, from, to } = resolution;
      return [
        `将原定用于${USE_WORDS[from]}的${moneyWords(moved)}，改用于${USE_WORDS[to]}。`,
        '变更涉及捐赠人指定用途的，已经取得捐赠人同意；没有取得同意的款项不在变更之内。',
      ];
    }
    case 'UNCLAIMED_MONEY': {
      const { taken, receivedOn, days } = resolution;
      return [
        `${receivedOn}收到、满${days}日没有找到来款人的${moneyWords(taken)}，转作不指定用途的互助支出。`,
        '以后找到来款人的，凭银行流水核实，还没有用的部分可以退还。',
      ];
    }
    case 'FAST_PATH_NOT_RATIFIED': {
      const { caseNumber, paidOn, granted } = resolution;
      const paid = paidOn === null ? '还没有付出' : `${paidOn}付出`;
      return [
        `案号${caseNumber}由紧急快办先行给予的救助${moneyWords(granted)}，${paid}，理事会不予追认，交镇联合互助社复核。`,
        '复核决定以前，已经付出的救助款不追回；经办这件快办的三人暂停使用紧急快办。',
      ];
    }
  }
}

/** The case that a decision is about, where it is about one. */
export function caseOf(resolution: Resolution): string | null {
  return 'caseNumber' in resolution ? resolution.caseNumber : null;
}

/** The amount that a list shows beside it. */
export function moneyOf(resolution: Resolution): Money | null {
  switch (resolution.about) {
    case 'CHARTER':
    case 'FUND_RULE':
      return null;
    case 'WRITE_OFF':
      return resolution.writtenOff;
    case 'CHANGE_OF_USE':
      return resolution.moved;
    case 'UNCLAIMED_MONEY':
      return resolution.taken;
    case 'FAST_PATH_NOT_RATIFIED':
      return resolution.granted;
  }
}
