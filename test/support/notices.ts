import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import { AccessService, RoleSources } from '../../src/access/index.js';
import { AuditModule } from '../../src/audit/index.js';
import type { Caller } from '../../src/kernel/actor.js';
import {
  moneyOf,
  rejectionNotice,
  resolutionNotice,
  revocationNotice,
} from '../../src/cases/domain/case-notices.js';
import { decisionSentence, objectionSentence } from '../../src/cases/domain/grant-notice.js';
import { commonOf } from '../../src/notices/domain/resolution-notice.js';
import { quarterlyAccounts } from '../../src/donations/domain/accounts.js';
import type { AccountsFacts } from '../../src/donations/domain/accounts.js';
import { annualReport } from '../../src/donations/domain/annual.js';
import { correctionNotice } from '../../src/notices/domain/correction.js';
import { contentOf } from '../../src/notices/domain/notice-content.js';
import { keptOf } from '../../src/notices/domain/notice-words.js';
import { donationList } from '../../src/donations/domain/donation-list.js';
import { day, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import {
  NoticesModule,
  NoticesQueries,
  NoticesService,
  NoticesVerifier,
  NoticeSubjects,
} from '../../src/notices/index.js';
import type { NoticeFacts, NoticeKind, NoticeToSign, NoticeWords, Worded } from '../../src/notices/index.js';
import { HandClock } from '../../src/platform/clocks.js';
import { Config } from '../../src/platform/config.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { SystemIds } from '../../src/platform/system.js';
import { schema } from '../../src/schema.js';
import { migrated } from './databases.js';
import type { Kind } from './databases.js';
import { callerOf } from './house.js';

type GrantWords = NoticeWords<'GRANT_POST'>;

/** The notices alone, over a database with the whole schema. What a notice is about is played by the test. */
export type Wall = {
  readonly notices: NoticesService;
  readonly queries: NoticesQueries;
  readonly verifier: NoticesVerifier;
  readonly transactions: Transactions;
  readonly dataSource: DataSource;
  readonly dataDir: string;
  readonly clock: HandClock;
  /** What the subjects were told, in order. */
  readonly told: NoticeFacts[];
  /** Who may not sign, and why. */
  readonly vetoes: Map<string, string>;
  /** What the subjects were asked to let be signed. */
  readonly asked: NoticeToSign[];
  get<T>(token: abstract new (...args: never[]) => T): T;
  close(): Promise<void>;
};

/** Monday, 9 March 2026, 9:00 in China: no holiday is near. */
export const SIGNING_MORNING = '2026-03-09T01:00:00.000Z';

/** The wall stands alone: whoever takes an office or leaves it has no account here. */
@Global()
@Module({
  providers: [RoleSources, { provide: AccessService, useValue: {} }],
  exports: [RoleSources, AccessService],
})
class NobodySignsIn {}

export async function givenWall(kind: Kind, at = SIGNING_MORNING): Promise<Wall> {
  const database = await kind.create();
  await (await migrated(database)).destroy();
  const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-files-'));
  const clock = new HandClock(at);
  const config = new Config({
    DATABASE_URL: database.url,
    HUZHU_DATA_DIR: dataDir,
    HUZHU_PUBLIC_URL: 'https://huzhu.example',
  });
  const ground = { config, clock, ids: new SystemIds(clock), root: process.cwd() };
  const module = await Test.createTestingModule({
    imports: [PlatformModule.on(ground, schema), AuditModule, NobodySignsIn, NoticesModule],
  }).compile();
  await module.init();
  const get = <T>(token: abstract new (...args: never[]) => T): T => module.get(token, { strict: false });
  const told: NoticeFacts[] = [];
  const vetoes = new Map<string, string>();
  const asked: NoticeToSign[] = [];
  const tell = (_tx: unknown, facts: NoticeFacts): Promise<void> => Promise.resolve(void told.push(facts));
  get(NoticeSubjects).register('case', {
    maySign: (_societyId, _subjectId, personId, notice) => {
      asked.push(notice);
      return Promise.resolve(vetoes.get(personId) ?? null);
    },
    posted: tell,
    ended: tell,
    describe: () => Promise.resolve({ title: '一件', facts: [], href: '/s/cases/2026-0012' }),
    agreedNames: () => Promise.resolve([...AGREED.values()]),
  });
  return {
    notices: get(NoticesService),
    queries: get(NoticesQueries),
    verifier: get(NoticesVerifier),
    transactions: get(Transactions),
    dataSource: get(DataSource),
    dataDir,
    clock,
    told,
    vetoes,
    asked,
    get,
    async close() {
      await module.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Donors who agreed to be named. */
const AGREED: ReadonlyMap<string, string> = new Map([['d1', '演示县柳编有限公司']]);

/** The notice of domain.md 5; only what matters to the test is said. */
export function wordsOf(more: Partial<GrantWords> = {}): GrantWords {
  return {
    title: ['柳溪村“救急难”互助社', '关于急难救助情况的公示'],
    basis:
      '根据本社章程第十四条，经2026年3月5日理事会表决（理事5人，回避1人，应到4人，实到4人，同意4人），对下列对象先行给予救助，现予公示：',
    items: [
      {
        person: '张*三',
        group: '柳溪村三组',
        cause: '突发疾病',
        amountInWords: '壹仟元整',
        amount: '1,000.00',
        paidOn: '2026年3月6日',
        paidHow: '已先行打款',
      },
    ],
    objection: '如有异议，请于公示期内向柳溪镇民政办（电话0000-1234567）实名或匿名反映。',
    issuer: '柳溪村“救急难”互助社',
    numberPrefix: '柳溪',
    noticeDays: 7,
    noticeDayKind: 'natural',
    publishMode: 'MASKED_NAME',
    caseNumber: '2026-0012',
    contactPhone: '0000-1234567',
    forbidden: ['张老三'],
    ...more,
  };
}

const counts = {
  decidedAt: '2026-03-05T02:00:00.000Z',
  decisionNumber: '柳溪决〔2026〕3号',
  ...{ directors: 5, recused: 1, electors: 4, present: 4, yes: 4, no: 0, abstain: 0 },
};
const frozen = {
  societyName: '柳溪村“救急难”互助社',
  charter: {
    article: '章程第十四条',
    numberPrefix: '柳溪',
    noticeDays: 7,
    noticeDayKind: 'natural',
    publicContactOffice: '柳溪镇民政办',
    publicContactPhone: '0000-1234567',
    publicContactAddress: '柳溪镇政府一楼',
  },
  names: ['张老三', '张小宝'],
} as const;
const caseNumber = '2026-0012';
const [granted, demanded] = [fen(100_000), fen(100_000)];

const federation = '柳溪县慈善总会';
const byRule = `依据《安心纾困慈善基金管理办法》第八条，经本会审核，${decisionSentence(counts)}`;

/** The sum of domain.md 4 (D4-1): 995,400 less what insurance paid, of the rest sixty in the hundred. */
const relief = {
  objection: objectionSentence(frozen.charter),
  issuer: federation,
  numberPrefix: '柳慈',
  noticeDays: 5,
  noticeDayKind: 'working',
  contactPhone: frozen.charter.publicContactPhone,
  forbidden: frozen.names,
  publishMode: 'MASKED_NAME',
  caseNumber,
  fund: '安心纾困慈善基金',
  ...{ person: '张*三', group: '柳溪村三组', minors: 1, cause: '突发疾病' },
  sum: [
    { label: '费用合计', amount: '995,400.00' },
    { label: '减：基本医保', amount: '500,000.00' },
    { label: '减：大病保险', amount: '109,600.00' },
    { label: '减：医疗救助', amount: '0.00' },
    { label: '减：商业保险', amount: '0.00' },
    { label: '减：其他慈善和互助', amount: '0.00' },
    { label: '自付费用', amount: '385,800.00' },
  ],
  rate: '×60%',
  grant: moneyOf(fen(23_148_000)),
  cap: null,
} as const;

/** The accounts of a small house: two gifts, a fee, one grant. */
const accounts: Omit<AccountsFacts, 'period'> = {
  ...{ societyName: frozen.societyName, charter: frozen.charter, fund: null, replaces: null },
  account: {
    figures: {
      openingFen: fen(3_000_000),
      incomeFen: fen(152_000),
      spendingFen: fen(100_000),
      movedFen: fen(0),
      balanceFen: fen(3_052_000),
      unclaimedFen: fen(20_000),
    },
    income: [
      { kind: 'GIFT', amountFen: fen(150_000), lines: 2 },
      { kind: 'FEE', amountFen: fen(2_000), lines: 1 },
    ],
    causes: [{ cause: '突发疾病', cases: 1, spentFen: fen(100_000) }],
    ...{ backFen: fen(0), administrationFen: fen(0), otherFen: fen(0), cases: 1 },
    purses: [{ name: '救急难池', openingFen: fen(3_000_000), closingFen: fen(3_052_000) }],
  },
};

/** A grant as it was signed, whose notice has the wrong group. */
const corrected = { ...wordsOf(), ...commonOf(frozen, '关于急难救助情况') };

/** One notice of each kind, as its context words it. */
export const WORDED = {
  GRANT_POST: { kind: 'GRANT_POST', words: wordsOf() },
  RELIEF_PRE: {
    kind: 'RELIEF_PRE',
    words: {
      ...relief,
      title: [federation, '关于拟给予安心纾困慈善基金救助', '的公示'],
      basis: `${byRule}，对下列对象拟给予救助，现予公示：`,
      advance: { ...moneyOf(fen(6_944_400)), paidOn: '2026年3月6日', hasRest: true },
    },
  },
  RELIEF_RESULT: {
    kind: 'RELIEF_RESULT',
    words: {
      ...relief,
      title: [federation, '关于安心纾困慈善基金救助结果', '的公示'],
      basis: `${byRule}，对下列对象给予救助，现将结果公示如下：`,
      preNotice: '柳慈救公〔2026〕3号',
      decisionNumber: '柳慈决〔2026〕3号',
      payments: [
        { amount: '69,444.00', paidOn: '2026年3月6日', to: 'HOSPITAL' },
        { amount: '162,036.00', paidOn: '2026年3月18日', to: 'FAMILY' },
      ],
      paid: moneyOf(fen(23_148_000)),
    },
  },
  REJECTION: {
    kind: 'REJECTION',
    words: rejectionNotice({
      caseNumber,
      cause: 'ILLNESS',
      counts: { ...counts, yes: 1, no: 2, abstain: 1 },
      frozen,
    }),
  },
  REVOCATION: {
    kind: 'REVOCATION',
    words: revocationNotice({
      ...{ caseNumber, cause: 'ILLNESS', reason: 'FALSE_FACTS', counts, frozen },
      ...{ grantedFen: granted, demandedFen: demanded, revokes: '柳溪救公〔2026〕3号' },
      printed: { maskedName: '张*三', group: '柳溪村三组', minors: 0 },
    }),
  },
  RESOLUTION: {
    kind: 'RESOLUTION',
    words: resolutionNotice({
      matter: {
        about: 'WRITE_OFF',
        societyName: '石桥村“救急难”互助社',
        caseNumber,
        recoveredFen: fen(40_000),
        writtenOffFen: fen(60_000),
      },
      ...{ counts, frozen },
    }),
  },
  DONATION_LIST: {
    kind: 'DONATION_LIST',
    words: donationList({
      ...{ societyName: frozen.societyName, charter: frozen.charter },
      gifts: [
        { giftId: 'g1', form: 'MONEY', donorId: 'd1', givenOn: day('2026-01-06'), amountFen: fen(1_000_000) },
        { giftId: 'g2', form: 'GOODS', donorId: 'd2', givenOn: day('2026-02-09'), amountFen: fen(50_050) },
        { giftId: 'g3', form: 'MONEY', donorId: null, givenOn: day('2026-03-08'), amountFen: fen(20_000) },
      ],
      publicNames: AGREED,
      hiddenNames: frozen.names,
    }),
  },
  QUARTERLY_ACCOUNTS: {
    kind: 'QUARTERLY_ACCOUNTS',
    words: quarterlyAccounts({ ...accounts, period: { year: 2026, quarter: 1 } }),
  },
  ANNUAL: {
    kind: 'ANNUAL',
    words: annualReport({
      ...{ ...accounts, period: { year: 2026, quarter: 0 }, lastIncomeFen: fen(3_000_000) },
      work: [
        { label: '受理急难救助', count: '3件' },
        { label: '理事', count: '5人' },
      ],
    }),
  },
  CORRECTION: {
    kind: 'CORRECTION',
    words: correctionNotice({
      signed: {
        content: contentOf(keptOf({ kind: 'GRANT_POST', words: corrected }), {
          ...{ version: 1, number: '柳溪救公〔2026〕3号', signedOn: day('2026-03-07'), period: '' },
          ...{ code: 'K7M4Q2XD', verifyUrl: null },
        }),
        words: corrected,
        signedAt: new Date('2026-03-07T01:00:00.000Z'),
      },
      cause: 'OWN_CHECK',
      changes: [{ field: '救助对象·村组', was: '柳溪村三组', now: '柳溪村二组' }],
      forbidden: frozen.names,
    }),
  },
} as const satisfies { readonly [K in NoticeKind]: Extract<Worded, { readonly kind: K }> };

/** The clerk who wrote it. */
export const AUTHOR = {
  accountId: '0192f000-0000-7000-8000-0000000000a1',
  personId: '0192f000-0000-7000-8000-0000000000b1',
};

export function givenDraft(
  wall: Pick<Wall, 'transactions' | 'notices'>,
  societyId: string,
  words: Partial<GrantWords> = {},
  subjectId: string = randomUUID(),
): Promise<string> {
  return givenNotice(wall, societyId, { kind: 'GRANT_POST', words: wordsOf(words) }, subjectId);
}

/** A draft of any kind. */
export async function givenNotice(
  wall: Pick<Wall, 'transactions' | 'notices'>,
  societyId: string,
  worded: Worded,
  subjectId: string = randomUUID(),
): Promise<string> {
  const about = { societyId, subjectKind: 'case', subjectId, threadId: subjectId, author: AUTHOR };
  const { noticeId } = await wall.transactions.run((tx) => wall.notices.draft(tx, { ...about, ...worded }));
  return noticeId;
}

export const chairOf = (societyId: string, key?: string): Caller =>
  callerOf(
    {
      societyId,
      accountId: '0192f000-0000-7000-8000-0000000000a2',
      personId: '0192f000-0000-7000-8000-0000000000b2',
      roles: ['chair', 'director'],
    },
    key,
  );

export const secretaryOf = (societyId: string, key?: string): Caller =>
  callerOf({ societyId, ...AUTHOR, roles: ['secretary'] }, key);

export const sign = (
  wall: Pick<Wall, 'notices' | 'clock'>,
  societyId: string,
  noticeId: string,
  caller = chairOf(societyId),
) => wall.notices.sign(caller, { noticeId, plannedPostingOn: dayOf(wall.clock.now()) });

/** A small picture, as a phone would send it. */
export const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 80, height: 60, channels: 3, background: '#cc8844' } })
    .jpeg()
    .toBuffer();

/** Hung now; with its photo unless the test says otherwise. */
export async function post(
  wall: Pick<Wall, 'notices' | 'clock'>,
  societyId: string,
  noticeId: string,
  withPhoto = true,
  caller = secretaryOf(societyId),
) {
  const posting = { noticeId, place: '村委会公示栏', postedAt: wall.clock.now() };
  return wall.notices.recordPosting(caller, { ...posting, photo: withPhoto ? await photo() : null });
}
