import {
  AnotherIsInvolved,
  ConsentNeedsAnother,
  ConsentNotByPhone,
  GuardianConsentNeeded,
  NoGuardianRegistered,
  ProxyNeedsRelation,
} from './people.errors.js';

/**
 * The four consents of the intake sheet, each its own tick (PIPL, art. 14, 25, 29): to process at all; to process health
 * and bank data; to verify with third parties; to publish a masked notice. Who refuses the last is aided all the same.
 */
export const PURPOSES = ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A pledge is signed. `GUARDIAN`: the guardian signed for a minor (PIPL, art. 31). */
export const PLEDGE_WAYS = ['PAPER', 'ON_SCREEN', 'GUARDIAN'] as const;
export type PledgeWay = (typeof PLEDGE_WAYS)[number];

/**
 * How a consent is given or taken back in a village. `PROXY`: somebody signed for whoever cannot write; `SPOKEN` and
 * `PHONE`: a third person heard it.
 */
export const CONSENT_WAYS = [...PLEDGE_WAYS, 'PROXY', 'SPOKEN', 'PHONE'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

/** Ways that need the name of somebody else. */
const WITH_ANOTHER: readonly ConsentWay[] = ['PROXY', 'SPOKEN', 'PHONE'];

/**
 * Every wording that was ever signed, by its version. A change of a word is a new version beside the old one: what was
 * signed stays what it was, and its words can still be read.
 */
export const CONSENT_TEXTS: Readonly<Record<string, Readonly<Record<Purpose, string>>>> = {
  '2026-1': {
    PROCESS: '同意互助社为办理救助收集、保存和使用我的基本信息',
    HEALTH_BANK: '单独同意互助社使用与这次困难有关的健康信息和收款账户信息',
    VERIFY: '同意互助社向村（居）委会、医疗机构等核实我说的情况',
    PUBLISH: '单独同意把姓名遮盖后的救助结果公示；不同意公示不影响救助',
  },
};

/** The wording that is signed today. */
export const CONSENT_TEXT_VERSION = '2026-1';
export const CONSENT_WORDS: Readonly<Record<Purpose, string>> = textOf(CONSENT_TEXT_VERSION);

/** The exact words of a version. Throws where nobody keeps them: nothing is signed on words that are lost. */
export function textOf(version: string): Readonly<Record<Purpose, string>> {
  const text = CONSENT_TEXTS[version];
  if (!text) throw new Error(`The words of consent ${version} are not kept`);
  return text;
}

/** What the purpose is called where there is no room for its words. */
export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  PROCESS: '收集和使用基本信息',
  HEALTH_BANK: '使用健康和收款账户信息',
  VERIFY: '向别处核实',
  PUBLISH: '遮盖姓名后公示',
};

/** What follows when it is taken back, as the law and the procedure say (PIPL, art. 15 and 16: not backwards). */
export const WITHDRAWAL_WORDS: Readonly<Record<Purpose, string>> = {
  PROCESS:
    '还没有打款的申请停下来，不再往下办，由秘书长结束办理。已经打款的不受影响：凭证、决定和公示依法还要保存。',
  HEALTH_BANK:
    '病情和卡号以后不再使用，还没有打款的申请停下来，由秘书长结束办理。已经打款的凭证依法还要保存。',
  VERIFY: '以后不再向村（居）委会、医疗机构核实。已经核实过的不变，申请照常办理。',
  PUBLISH: '还没有签发的公示不再写姓名，只写案件编号，由监事查阅。救助不受影响。',
};

/** Without these two nothing may be done about a person's case (domain.md 1.5). */
export const NEEDED: readonly Purpose[] = ['PROCESS', 'HEALTH_BANK'];

export const PLEDGE_TEXT_VERSION = '2026-1';
export const PLEDGE_WORDS = '我承诺所说的情况属实；如有隐瞒，愿意退回救助金。';

export const CONSENT_WAY_WORDS: Record<ConsentWay, string> = {
  PAPER: '本人在纸上签字',
  ON_SCREEN: '本人在屏幕上确认',
  GUARDIAN: '监护人签字',
  PROXY: '别人代签（本人不会写字）',
  SPOKEN: '本人当面说的，有人见证',
  PHONE: '本人打电话说的，有人见证',
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

/** Of each purpose the last word said, with how and on which words: what goes along to another register. */
export function lastAnswers<Row extends ConsentRow>(rows: readonly Row[]): Row[] {
  const inOrder = [...rows].sort((a, b) => a.position - b.position);
  return PURPOSES.flatMap((purpose) => inOrder.findLast((row) => row.purpose === purpose) ?? []);
}

/** Of what is brought from another register, what is no older than what stands here: an old yes undoes no newer no. */
export function notOutdated<Row extends ConsentRow & { readonly at: Date }>(
  brought: readonly Row[],
  here: readonly (ConsentRow & { readonly at: Date })[],
): Row[] {
  const since = new Map(lastAnswers(here).map(({ purpose, at }) => [purpose, at.getTime()]));
  return brought.filter(({ purpose, at }) => at.getTime() >= (since.get(purpose) ?? 0));
}

type Dated = Pick<ConsentRow, 'purpose' | 'given'> & { readonly at: Date; readonly how: ConsentWay };

/** Of what was said elsewhere, what is newer than what stands here: not what was said here since, nor the same word again. */
export function newTo<Said extends Dated>(
  here: readonly (ConsentRow & Dated)[],
  said: readonly Said[],
): Said[] {
  const last = new Map(lastAnswers(here).map((row) => [row.purpose, row]));
  return said.filter(({ purpose, given, at, how }) => {
    const known = last.get(purpose);
    if (!known || at.getTime() > known.at.getTime()) return true;
    return at.getTime() === known.at.getTime() && (given !== known.given || how !== known.how);
  });
}

/** Answers by the moment and the way in which they were given, the earliest first. */
export function saidTogether<Said extends Dated>(
  said: readonly Said[],
): { readonly how: ConsentWay; readonly at: Date; readonly answers: readonly Said[] }[] {
  const groups = new Map<string, Said[]>();
  for (const answer of [...said].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const key = `${answer.at.toISOString()} ${answer.how}`;
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()].flatMap((answers) => {
    const [first] = answers;
    return first ? [{ how: first.how, at: first.at, answers }] : [];
  });
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

export type Answered = 'GIVEN' | 'REFUSED' | 'WITHDRAWN';

export const ANSWERED_WORDS: Readonly<Record<Answered, string>> = {
  GIVEN: '同意',
  REFUSED: '不同意',
  WITHDRAWN: '已撤回',
};

/** What each answer was at its time: a no after a yes takes it back (PIPL, art. 15). In the order of the rows given. */
export function answeredIn<Row extends ConsentRow>(
  rows: readonly Row[],
): (Row & { readonly answered: Answered })[] {
  const inOrder = [...rows].sort((a, b) => a.position - b.position);
  const given = new Set<Purpose>();
  return inOrder.map((row) => {
    const before = given.has(row.purpose);
    if (row.given) given.add(row.purpose);
    else given.delete(row.purpose);
    return { ...row, answered: row.given ? 'GIVEN' : before ? 'WITHDRAWN' : 'REFUSED' };
  });
}

/** Whether a person's case may go on: nobody has said no to what it needs. Never asked is another matter. */
export const mayGoOn = ({ process, healthBank }: Consents): boolean =>
  process !== false && healthBank !== false;

/**
 * Since when a person's case may not go on, by what stands; null where it may. A no that is said again changes nothing,
 * and of two purposes the one that was taken back first counts.
 */
export function stoppedSince(rows: readonly (ConsentRow & { readonly at: Date })[]): Date | null {
  const since = new Map<Purpose, Date>();
  for (const { purpose, given, at } of [...rows].sort((a, b) => a.position - b.position)) {
    if (given) since.delete(purpose);
    else if (NEEDED.includes(purpose) && !since.has(purpose)) since.set(purpose, at);
  }
  return [...since.values()].sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

type Another = { readonly otherId: string | null; readonly relation: string | null };

/**
 * Throws unless somebody signed instead or heard it, where the way needs that: neither the person nor whoever writes it
 * down. What is sensitive is agreed to by a signature or face to face, and not on the phone (PIPL, art. 29); it is taken
 * back in any way (art. 15).
 */
export function checkAnother(
  said: {
    readonly personId: string;
    readonly how: ConsentWay;
    readonly given: readonly Purpose[];
    readonly byPersonId: string | null;
  },
  { otherId, relation }: Another,
): void {
  const { personId, how, given, byPersonId } = said;
  if (WITH_ANOTHER.includes(how) !== (otherId !== null)) throw new ConsentNeedsAnother(otherId !== null);
  if ((how === 'PROXY') !== (relation !== null)) throw new ProxyNeedsRelation(relation !== null);
  if (otherId !== null && (otherId === personId || otherId === byPersonId)) throw new AnotherIsInvolved();
  if (how === 'PHONE' && (given.includes('HEALTH_BANK') || given.includes('PUBLISH')))
    throw new ConsentNotByPhone();
}

/** Throws unless this person may sign that way: for a minor the guardian signs, and only for those who have one. */
export function checkSigner(
  person: { readonly isMinor: boolean; readonly guardianId: string | null },
  how: ConsentWay,
): void {
  if (person.isMinor && how !== 'GUARDIAN') throw new GuardianConsentNeeded();
  if (how === 'GUARDIAN' && person.guardianId === null) throw new NoGuardianRegistered();
}
