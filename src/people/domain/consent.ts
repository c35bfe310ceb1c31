import { GuardianConsentNeeded, NoGuardianRegistered } from './people.errors.js';

/**
 * The four consents of the intake sheet, each its own tick (PIPL, art. 14, 25, 29): to process at all; to process health
 * and bank data; to verify with third parties; to publish a masked notice. Who refuses the last is aided all the same.
 */
export const PURPOSES = ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** `GUARDIAN`: the guardian signed for a minor (PIPL, art. 31). */
export const CONSENT_WAYS = ['PAPER', 'ON_SCREEN', 'GUARDIAN'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

/** The wording that is signed. A change of a word below is a new version: what was signed stays what it was. */
export const CONSENT_TEXT_VERSION = '2026-1';
export const CONSENT_WORDS: Record<Purpose, string> = {
  PROCESS: '同意互助社为办理救助收集、保存和使用我的基本信息',
  HEALTH_BANK: '单独同意互助社使用与这次困难有关的健康信息和收款账户信息',
  VERIFY: '同意互助社向村（居）委会、医疗机构等核实我说的情况',
  PUBLISH: '单独同意把姓名遮盖后的救助结果公示；不同意公示不影响救助',
};

export const PLEDGE_TEXT_VERSION = '2026-1';
export const PLEDGE_WORDS = '我承诺所说的情况属实；如有隐瞒，愿意退回救助金。';

export const CONSENT_WAY_WORDS: Record<ConsentWay, string> = {
  PAPER: '本人在纸上签字',
  ON_SCREEN: '本人在屏幕上确认',
  GUARDIAN: '监护人签字',
};

/** Null: never asked. False: refused or withdrawn. */
export type Consents = {
  readonly process: boolean | null;
  readonly healthBank: boolean | null;
  readonly verify: boolean | null;
  readonly publish: boolean | null;
};

export type ConsentRow = { readonly purpose: Purpose; readonly given: boolean; readonly position: number };

/** What stands today: of each purpose the last word said. */
export function standing(rows: readonly ConsentRow[]): Consents {
  const inOrder = [...rows].sort((a, b) => a.position - b.position);
  const last = (purpose: Purpose) => inOrder.findLast((row) => row.purpose === purpose)?.given ?? null;
  return {
    process: last('PROCESS'),
    healthBank: last('HEALTH_BANK'),
    verify: last('VERIFY'),
    publish: last('PUBLISH'),
  };
}

/** The purposes that somebody has agreed to, for a register that takes the person on. */
export function givenIn({ process, healthBank, verify, publish }: Consents): Purpose[] {
  const given: Readonly<Record<Purpose, boolean | null>> = {
    PROCESS: process,
    HEALTH_BANK: healthBank,
    VERIFY: verify,
    PUBLISH: publish,
  };
  return PURPOSES.filter((purpose) => given[purpose] === true);
}

/** Throws unless this person may sign that way: for a minor the guardian signs, and only for those who have one. */
export function checkSigner(
  person: { readonly isMinor: boolean; readonly guardianId: string | null },
  how: ConsentWay,
): void {
  if (person.isMinor && how !== 'GUARDIAN') throw new GuardianConsentNeeded();
  if (how === 'GUARDIAN' && person.guardianId === null) throw new NoGuardianRegistered();
}
