import { RoundsService } from '../../src/board/index.js';
import { LeadsService, RevocationsService, WriteOffsService } from '../../src/cases/index.js';
import { AccountsService, DonationListService } from '../../src/donations/index.js';
import { dayOf } from '../../src/kernel/day.js';
import {
  CorrectionsService,
  InquiriesService,
  NOTICE_KINDS,
  NoticePapers,
  NoticesQueries,
  NoticesService,
  ObjectionsService,
} from '../../src/notices/index.js';
import { RecoveriesQueries } from '../../src/payments/index.js';
import { ReliefDeskService } from '../../src/relief/index.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import { KNOWN_SHAPES } from '../lint/known-shapes.js';
import { shapeOf, stringsIn } from '../lint/shapes.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { textOfPdf } from '../support/markers.js';
import { assign, CORRECTED, REDECIDED, register } from '../support/objections.js';
import * as road from '../support/relief.js';
import { givenRelief, givenReliefGround } from '../support/relief.js';
import type { ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, handsOf, photo } from '../support/village.js';
import type { CaseWanted, Village } from '../support/village.js';

/** Everything that is typed freely has these words in it: harmless ones, which no lint would stop. */
const MARK = '明月照大江';
/** What the givens themselves type freely, in every test. */
const TYPED = ['村委会会议室', '村委会公示栏', '总会公示栏', '启动资金', '家庭困难，情况属实', '农村信用社'];

/** Of the fund's rule. */
const RULE_DOCUMENT = '《安心纾困慈善基金管理办法》第八条';

let marks = 0;
const free = (where: string): string => `${where}${MARK}${++marks}`;

/** One notice as everybody reads it: what is frozen, the page, the paper. */
type Read = {
  readonly kind: string;
  readonly words: object;
  readonly content: string;
  readonly html: string;
  readonly paper: string;
};

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;
  let ground: ReliefGround;
  let read: readonly Read[];

  beforeAll(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId });
    ground = await givenReliefGround(house);
    await grants();
    await upheld();
    await refusal();
    await takenBackAndGivenUp();
    await reliefs();
    await gifts();
    read = await allNotices();
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const wanted = (at: CaseWanted['at']): CaseWanted => ({
    at,
    story: free('情况：'),
    note: free('看到：'),
    applicant: { name: '范长河', group: '三组' },
  });
  const sign = (of: Village, noticeId: string) =>
    house.get(NoticesService).sign(as(of, 'chair'), { noticeId, plannedPostingOn: dayOf(house.clock.now()) });
  const signLast = async (of: Village, subject: string, id: string): Promise<string> => {
    const last = await house.get(NoticesQueries).ofSubject(subject, id);
    if (!last) throw new Error(`Nothing is to be signed about this ${subject}`);
    return (await sign(of, last.id)).code;
  };
  const say = async (of: Village, roundId: string, choice: 'yes' | 'no') =>
    house.get(RoundsService).recordShowOfHands(as(of, 'secretary'), {
      ...{ roundId, presiderId: of.at.chair.personId, hands: handsOf(of, choice), sheet: await photo() },
      place: free('在'),
    });

  /** From a lead to a notice that somebody objects to, and that is corrected since the register had the wrong group. */
  async function grants(): Promise<void> {
    const lead = { source: 'SELF', place: free('在'), contact: free('找'), words: free('听说') } as const;
    const { leadId } = await house.get(LeadsService).recordLead(as(village, 'informant'), lead);
    const made = await givenCase(village, { ...wanted('RUNNING'), leadId });
    await house.get(ObjectionsService).raise(
      { key: 'objection-of-a-neighbour', origin: 'test', address: '198.51.100.7' },
      {
        code: made.code,
        ground: 'OTHER',
        said: { words: free('我认为'), name: free('名'), phone: '19912345678' },
      },
    );
    await movedToGroupFive(made.applicantId);
    const { noticeId } = await house
      .get(CorrectionsService)
      .correct(as(village, 'clerk'), { noticeId: made.noticeId });
    await sign(village, noticeId);
  }

  /**
   * What people say against a notice, and what is found out about it, is typed freely from end to end; of all that the
   * correction and the notice of the new decision have nothing.
   */
  async function upheld(): Promise<void> {
    for (const finding of [CORRECTED, REDECIDED]) {
      const made = await givenCase(village, wanted('RUNNING'));
      if (finding === CORRECTED) await movedToGroupFive(made.applicantId);
      const notice = await house.get(NoticesQueries).notice(village.societyId, made.noticeId);
      const said = { words: free('我认为'), name: free('名'), phone: '19912345678' };
      const { objectionId } = await register(village, notice, { how: 'PAPER', said });
      const inquirers = [village.at.accountant.personId, village.at.reviewer.personId];
      await assign(village, { objectionId }, { inquirers });
      const inquiries = house.get(InquiriesService);
      const propose = () =>
        inquiries.propose(as(village, 'accountant'), { objectionId, ...finding, note: free('查到：') });
      await propose();
      const refused = { objectionId, agrees: false, words: free('再查：') };
      await inquiries.decide(as(village, 'reviewer'), refused);
      await propose();
      const agreed = { objectionId, agrees: true, words: null };
      const { correctionId } = await inquiries.decide(as(village, 'reviewer'), agreed);
      await sign(village, correctionId ?? '');
      if (finding !== REDECIDED) continue;
      const { roundId } = await house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
        ...{ caseId: made.caseId, reason: 'FALSE_FACTS', hearing: 'WRITTEN', recusals: [] },
        findings: free('查到：'),
      });
      await say(village, roundId, 'yes');
      await signLast(village, 'case', made.caseId);
    }
  }

  /** As an import of the register does it. */
  async function movedToGroupFive(personId: string): Promise<void> {
    const register = await intruderIn(house.dataSource);
    const home = `(SELECT household_id FROM persons WHERE id = '${personId}')`;
    await register.run(`UPDATE households SET group_name = '五组' WHERE id = ${home}`);
    await register.close();
  }

  async function refusal(): Promise<void> {
    const made = await givenCase(village, wanted('VOTING'));
    await say(village, made.roundId, 'no');
    await signLast(village, 'case', made.caseId);
  }

  async function takenBackAndGivenUp(): Promise<void> {
    const made = await givenCase(village, wanted('PAID'));
    const { roundId } = await house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
      ...{ caseId: made.caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', recusals: [] },
      findings: free('查到：'),
    });
    await say(village, roundId, 'yes');
    await signLast(village, 'case', made.caseId);
    const recovery = await house.get(RecoveriesQueries).ofSubject('case', made.caseId);
    const asked = { recoveryId: recovery?.id ?? '', reason: 'NO_MEANS', recusals: [] } as const;
    const given = await house.get(WriteOffsService).ask(as(town, 'secretary'), asked);
    await say(town, given.roundId, 'yes');
    await signLast(town, 'write-off', given.writeOffId);
  }

  async function reliefs(): Promise<void> {
    const made = await givenRelief(ground, { at: 'ASSESSED', story: free('情况：') });
    const reviewed = { reliefId: made.reliefId, reason: 'OTHER', note: free('说明：') } as const;
    await house.get(ReliefDeskService).review(road.by(ground, 'reviewer'), reviewed);
    await house.get(ReliefDeskService).review(road.by(ground, 'otherReviewer'), reviewed);
    await road.openPanel(ground, made);
    await road.vote(ground, made, 'YYYYY');
    await road.hang(ground, made, 'RELIEF_PRE');
    await road.approve(ground, made);
    await road.payAll(ground, made);
    await road.followUp(ground, made);
    await road.sign(ground, made, 'RELIEF_RESULT');
  }

  async function gifts(): Promise<void> {
    const hidden = await givenDonor(village, { name: free('顾'), homePlace: free('家在') });
    await give(village, 50_000, { donorId: hidden, intentWords: free('愿'), bankReference: free('号') });
    const { noticeId } = await house
      .get(DonationListService)
      .draftList(as(village, 'accountant'), { span: 'TODAY' });
    await sign(village, noticeId);
    house.clock.moveTo('2027-01-04T01:00:00.000Z');
    for (const quarter of [1, 0] as const) {
      const asked = { year: 2026, quarter, fund: null };
      const drafted = await house.get(AccountsService).draftAccounts(as(village, 'accountant'), asked);
      await sign(village, drafted.noticeId);
    }
  }

  /** What a notice may take from the register of societies, and from the charter. */
  async function namesOf(societyId: string): Promise<string[]> {
    const societies = house.get(SocietiesQueries);
    const { name } = await societies.society(societyId);
    const charter = await societies.charterOn(societyId, dayOf(house.clock.now()));
    const { article, numberPrefix, publicContactOffice, publicContactAddress } = charter;
    const place = name.replace(/“.*$/u, '');
    return [
      name,
      `${place}三组`,
      `${place}五组`,
      article,
      numberPrefix,
      publicContactOffice,
      publicContactAddress,
    ];
  }

  async function allNotices(): Promise<Read[]> {
    const rows: { id: string; kind: string; society: string }[] = await house.dataSource.query(
      `SELECT n.id AS "id", n.kind AS "kind", n.society_id AS "society" FROM notices n
       JOIN notice_issues i ON i.notice_id = n.id ORDER BY n.id`,
    );
    const papers = house.get(NoticePapers);
    return Promise.all(
      rows.map(async (row) => {
        const { issue, words } = await house.get(NoticesQueries).notice(row.society, row.id);
        if (!issue) throw new Error('It was joined with its issue');
        const paper = textOfPdf(await papers.getPdf(issue)).replace(/\s/g, '');
        const content = JSON.stringify(issue.content);
        return { kind: row.kind, words, content, html: papers.html(issue.content), paper };
      }),
    );
  }

  it.each(NOTICE_KINDS)(
    'nothing gets into a signed %s: not into its content, its page or its paper',
    (of) => {
      const signed = read.filter((notice) => notice.kind === of);
      expect(signed.length).toBeGreaterThan(0);
      for (const { content, html, paper } of signed)
        for (const text of [content, html, paper])
          expect([MARK, ...TYPED].filter((typed) => text.includes(typed))).toEqual([]);
    },
  );

  it('nothing is left of a notice but wording that is fixed, when names, lists and figures are taken out', async () => {
    const societies = [village.societyId, town.societyId, ground.federationId, ground.home.societyId];
    const registered = (await Promise.all(societies.map(namesOf))).flat();
    const unknown = read
      .flatMap(({ words }) => stringsIn(words))
      .map((text) => shapeOf(text, [...registered, ground.fund.name, RULE_DOCUMENT]))
      .filter((shape) => !KNOWN_SHAPES.has(shape));
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('what the register holds does get in, so that the search above would find more', () => {
    const grant = read.find((notice) => notice.kind === 'GRANT_POST');
    for (const text of [grant?.content, grant?.html, grant?.paper]) expect(text).toContain('范*河');
  });

  it('as much was typed as there are places for it', () => {
    expect(marks).toBeGreaterThan(34);
  });
});
