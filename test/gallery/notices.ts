import { rejectionNotice, resolutionNotice, revocationNotice } from '../../src/cases/domain/case-notices.js';
import type { ResolutionMatter } from '../../src/cases/domain/case-notices.js';
import { grantNotice } from '../../src/cases/domain/grant-notice.js';
import type { GrantDecision, GrantFacts } from '../../src/cases/domain/grant-notice.js';
import { donationList } from '../../src/donations/domain/donation-list.js';
import type { UnlistedGift } from '../../src/donations/domain/donation-list.js';
import { addDays, day, startOfDay } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { changesBetween, correctionNotice } from '../../src/notices/domain/correction.js';
import { keptOf } from '../../src/notices/domain/notice-words.js';
import type {
  CorrectionCause,
  NoticeKind,
  NoticeWords,
  Worded,
} from '../../src/notices/domain/notice-words.js';
import type { OwnTexts } from '../../src/notices/domain/notice-texts.js';
import type { NoticeIssuer } from '../../src/notices/domain/resolution-notice.js';
import { preNotice, reliefRejectionNotice, resultNotice } from '../../src/relief/domain/relief-notices.js';
import { quarterOf, yearOf } from './accounts.js';
import { CAST, masked, PEOPLE } from './cast.js';
import type { BySize, Cast } from './cast.js';
import { factsOf, sheetOf } from './relief.js';
import { castOf, signedContentOf } from './signed.js';

type Of<K extends NoticeKind> = Extract<Worded, { readonly kind: K }>;

/** Each kind in each size, and what else is worded differently. A new kind does not compile before it stands here. */
export type NoticeSamples = {
  readonly [K in NoticeKind]: BySize<Of<K>> & Readonly<Record<string, Of<K>>>;
};

const issuerOf = ({ society, charter, applicant }: Cast): NoticeIssuer => ({
  societyName: society,
  charter,
  names: [applicant],
});

const byRound = ({ counts }: Cast): GrantDecision => ({ via: 'ROUND', ...counts });

function grant(cast: Cast, more: Partial<GrantFacts> = {}): NoticeWords<'GRANT_POST'> {
  const { society, charter, applicant, group, caseNumber, amountFen } = cast;
  return grantNotice({
    ...{ caseNumber, cause: 'ILLNESS', amountFen, method: 'CARD', decision: byRound(cast) },
    paidAt: new Date('2026-03-06T02:00:00.000Z'),
    frozen: {
      ...{ societyName: society, charter, maskedName: masked(applicant), group, mayPrintName: true },
      names: [applicant],
    },
    ...more,
  });
}

/** One notice for everybody to whom a flood brought the same: twenty-eight of them, each with a large amount. */
function grantOfMany(cast: Cast): NoticeWords<'GRANT_POST'> {
  const { society, charter } = cast;
  const each = PEOPLE.map((name, i) =>
    grant(cast, {
      ...{ cause: 'DISASTER', amountFen: fen(98_765_432_109 - i * 1_234_567) },
      method: i % 2 === 0 ? 'CARD' : 'CASH',
      frozen: {
        ...{ societyName: society, charter, maskedName: masked(name), mayPrintName: true, names: [name] },
        group: `阿克塔木村第${i + 1}村民小组`,
      },
    }),
  );
  const forbidden = each.flatMap((words) => words.forbidden);
  return { ...grant(cast), items: each.flatMap(({ items }) => items), forbidden };
}

const fast = ({ counts }: Cast): GrantDecision => ({
  ...{ via: 'FAST', approvedAt: counts.decidedAt, chairOffice: 'DEPUTY', ratifyWorkingDays: 5 },
});

/** What a county says otherwise than the house, as long as it may be. */
const OWN_TEXTS: OwnTexts = {
  OBJECTION: `公示期内有异议的，${'请向【联系处】实名或者匿名说明情况，'.repeat(4)}电话【电话】，地址【地址】。`,
  CLOSING: `${'邻里守望，一方有难，众人相帮。'.repeat(7)}有事请找【联系处】。`,
};

const grants: NoticeSamples['GRANT_POST'] = {
  short: { kind: 'GRANT_POST', words: grant(CAST.short) },
  usual: { kind: 'GRANT_POST', words: grant(CAST.usual) },
  extreme: { kind: 'GRANT_POST', words: grantOfMany(CAST.extreme) },
  'by-number': {
    kind: 'GRANT_POST',
    words: grant(CAST.usual, {
      frozen: {
        ...{ societyName: CAST.usual.society, charter: CAST.usual.charter, maskedName: '范*河' },
        ...{ group: CAST.usual.group, mayPrintName: false, names: [CAST.usual.applicant] },
      },
    }),
  },
  'own-words': { kind: 'GRANT_POST', words: { ...grant(CAST.usual), texts: OWN_TEXTS } },
  'fast-path': {
    kind: 'GRANT_POST',
    words: grant(CAST.extreme, { decision: fast(CAST.extreme), method: 'CASH' }),
  },
};

const paidAt = new Date('2026-03-06T02:00:00.000Z');

const pre = (cast: Cast, advancedFen: number | null, used = 0): Of<'RELIEF_PRE'> => ({
  kind: 'RELIEF_PRE',
  words: preNotice(
    factsOf(cast, used),
    advancedFen === null ? null : { amountFen: fen(advancedFen), paidAt },
  ),
});

function result(cast: Cast, parts: number, used = 0): Of<'RELIEF_RESULT'> {
  const facts = factsOf(cast, used);
  const each = Math.floor(facts.sheet.grantFen / parts);
  const paid = Array.from({ length: parts }, (_, i) => ({
    amountFen: fen(i < parts - 1 ? each : facts.sheet.grantFen - each * (parts - 1)),
    paidAt: new Date(`2026-${String(1 + (i % 12)).padStart(2, '0')}-12T02:00:00.000Z`),
    toHospital: i % 2 === 0,
  }));
  const { numberPrefix } = cast.charter;
  return {
    kind: 'RELIEF_RESULT',
    words: resultNotice(facts, `${numberPrefix}救公〔2026〕${cast.serial}号`, paid),
  };
}

const rejection = (cast: Cast): Of<'REJECTION'> => ({
  kind: 'REJECTION',
  words: rejectionNotice({
    ...{ caseNumber: cast.caseNumber, cause: 'OTHER', frozen: issuerOf(cast) },
    counts: { ...cast.counts, yes: 1, no: cast.counts.present - 1, abstain: 0 },
  }),
});

const ofFund = (cast: Cast): Of<'REJECTION'> => ({
  kind: 'REJECTION',
  words: reliefRejectionNotice(factsOf(cast), cast.counts, 'CAP_EXHAUSTED'),
});

const revocation = (cast: Cast, revokes: string | null, minors = 0): Of<'REVOCATION'> => ({
  kind: 'REVOCATION',
  words: revocationNotice({
    ...{
      caseNumber: cast.caseNumber,
      cause: 'ACCIDENT',
      counts: cast.counts,
      frozen: issuerOf(cast),
      revokes,
    },
    ...{ grantedFen: cast.amountFen, demandedFen: cast.amountFen, reason: 'FALSE_FACTS' },
    printed: { maskedName: masked(minors > 0 ? cast.guardian : cast.applicant), group: cast.group, minors },
  }),
});

const resolution = (cast: Cast, matter: ResolutionMatter): Of<'RESOLUTION'> => ({
  kind: 'RESOLUTION',
  words: resolutionNotice({ matter, counts: cast.counts, frozen: issuerOf(cast) }),
});

const writeOff = ({ society, caseNumber, amountFen }: Cast, isUpheld = false): ResolutionMatter => ({
  isUpheld,
  ...{ about: 'WRITE_OFF', societyName: society, caseNumber },
  ...{
    recoveredFen: fen(Math.floor(amountFen / 3)),
    writtenOffFen: fen(amountFen - Math.floor(amountFen / 3)),
  },
});

function donations(cast: Cast, count: number): Of<'DONATION_LIST'> {
  const gifts = Array.from({ length: count }, (_, i): UnlistedGift => {
    const isNamed = i % 3 !== 2;
    return {
      giftId: `gift-${String(i).padStart(4, '0')}`,
      form: i % 7 === 6 ? 'GOODS' : 'MONEY',
      donorId: isNamed ? `donor-${i % cast.donors.length}` : null,
      givenOn: addDays(day('2026-01-06'), i),
      amountFen: fen(cast.amountFen - i),
    };
  });
  const publicNames = new Map(cast.donors.map((name, i) => [`donor-${i}`, name]));
  const hiddenNames = [cast.applicant].filter((name) => !cast.donors.includes(name));
  const words = donationList({
    societyName: cast.society,
    charter: cast.charter,
    gifts,
    publicNames,
    hiddenNames,
  });
  return { kind: 'DONATION_LIST', words };
}

/** What was signed and what it would say today; of nothing changed, the matter itself is decided anew. */
function correction(was: Worded, today: Worded, cause: CorrectionCause): Of<'CORRECTION'> {
  const content = signedContentOf(was);
  const signed = { content, words: keptOf(was).words, signedAt: startOfDay(castOf(was).signedOn) };
  const changes = changesBetween(content, keptOf(today));
  return {
    kind: 'CORRECTION',
    words: correctionNotice({ signed, cause, changes, forbidden: was.words.forbidden }),
  };
}

const moved: Cast = { ...CAST.usual, group: '柳溪村二组', applicant: '范小河' };

export const NOTICES: NoticeSamples = {
  GRANT_POST: grants,
  RELIEF_PRE: {
    short: pre(CAST.short, null),
    usual: pre(CAST.usual, 6_944_400),
    extreme: pre(CAST.extreme, 15_000_000, 40_000_000),
    'all-advanced': pre(CAST.usual, sheetOf(CAST.usual).grantFen),
  },
  RELIEF_RESULT: {
    short: result(CAST.short, 1),
    usual: result(CAST.usual, 2),
    extreme: result(CAST.extreme, 40),
  },
  REJECTION: {
    short: rejection(CAST.short),
    usual: rejection(CAST.usual),
    extreme: rejection(CAST.extreme),
    'of-a-fund': ofFund(CAST.extreme),
  },
  REVOCATION: {
    short: revocation(CAST.short, null),
    usual: revocation(CAST.usual, '柳溪救公〔2026〕3号'),
    extreme: revocation(CAST.extreme, '阿克塔木救公〔2026〕1287号', 3),
  },
  RESOLUTION: {
    short: resolution(CAST.short, { about: 'CHARTER', charterVersion: 2, validFrom: day('2026-04-01') }),
    usual: resolution(CAST.usual, writeOff(CAST.usual)),
    extreme: resolution(CAST.extreme, writeOff(CAST.extreme)),
    'objection-upheld': resolution(CAST.usual, writeOff(CAST.usual, true)),
    'change-of-use': resolution(CAST.extreme, {
      ...{ about: 'CHANGE_OF_USE', movedFen: CAST.extreme.amountFen, from: 'DISASTER', to: 'UNRESTRICTED' },
    }),
    'unclaimed-money': resolution(CAST.usual, {
      ...{ about: 'UNCLAIMED_MONEY', takenFen: fen(50_000), receivedOn: day('2025-01-15'), days: 365 },
    }),
    'not-ratified': resolution(CAST.extreme, {
      ...{ about: 'FAST_PATH_NOT_RATIFIED', caseNumber: CAST.extreme.caseNumber },
      ...{ paidOn: day('2026-12-12'), grantedFen: CAST.extreme.amountFen },
    }),
  },
  DONATION_LIST: {
    short: donations(CAST.short, 1),
    usual: donations(CAST.usual, 9),
    extreme: donations(CAST.extreme, 250),
  },
  QUARTERLY_ACCOUNTS: {
    short: { kind: 'QUARTERLY_ACCOUNTS', words: quarterOf(CAST.short, { income: 0, causes: 0, purses: 0 }) },
    usual: { kind: 'QUARTERLY_ACCOUNTS', words: quarterOf(CAST.usual, { income: 3, causes: 2, purses: 2 }) },
    extreme: {
      kind: 'QUARTERLY_ACCOUNTS',
      words: quarterOf(CAST.extreme, { income: 5, causes: 6, purses: 28 }),
    },
  },
  ANNUAL: {
    short: { kind: 'ANNUAL', words: yearOf(CAST.short, { income: 0, causes: 0, purses: 0 }) },
    usual: { kind: 'ANNUAL', words: yearOf(CAST.usual, { income: 4, causes: 3, purses: 3 }) },
    extreme: { kind: 'ANNUAL', words: yearOf(CAST.extreme, { income: 5, causes: 6, purses: 28 }) },
  },
  CORRECTION: {
    short: correction(rejection(CAST.short), rejection(CAST.short), 'OBJECTION'),
    usual: correction(grants.usual, { kind: 'GRANT_POST', words: grant(moved) }, 'OWN_CHECK'),
    upheld: correction(grants.usual, { kind: 'GRANT_POST', words: grant(moved) }, 'OBJECTION'),
    extreme: correction(result(CAST.extreme, 12), result(CAST.extreme, 20, 40_000_000), 'OWN_CHECK'),
  },
};
