import { BoardQueries } from '../../src/board/index.js';
import { NoticesQueries } from '../../src/notices/index.js';
import type { ReliefPaperMade, ReliefStep } from '../../src/relief/domain/relief-procedure.js';
import { RELIEF, RELIEF_PROCEDURE, ReliefLetters } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import * as road from '../support/relief.js';
import { givenRelief, givenReliefGround, stateOf } from '../support/relief.js';
import type { GivenRelief, ReliefGround, ReliefWanted } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

/** How a row of the table is walked: the case as it stands before, and whoever takes the step. */
type Way = {
  readonly given: ReliefWanted;
  readonly go: (ground: ReliefGround, made: GivenRelief) => Promise<unknown>;
};

type Row = ReliefStep & { readonly from: NonNullable<ReliefStep['from']> };
const ROWS = RELIEF_PROCEDURE.filter((row): row is Row => row.from !== null);

const LETTER_OF = {
  RETURN_LETTER: 'RETURN',
  REJECTION_LETTER: 'REJECTION',
  DECISION_LETTER: 'DECISION',
  DEMAND_LETTER: 'DEMAND',
  ENDING_NOTE: 'ENDING',
} as const satisfies Partial<Record<ReliefPaperMade, string>>;

function wayOf({ act, from, to }: Row): Way {
  const at = { at: from } as const;
  switch (act) {
    case 'submit':
      throw new Error('A case begins from nothing');
    case 'checkPolicies':
      return { given: at, go: (ground, made) => road.checkPolicies(ground, made) };
    case 'verify':
      return { given: at, go: road.verify };
    case 'assess':
      return { given: at, go: (ground, made) => road.assess(ground, made) };
    case 'review':
      return { given: at, go: road.review };
    case 'return':
      return { given: at, go: (ground, made) => road.sendBack(ground, made) };
    case 'resume':
      return {
        given: { at: 'RETURNED', from: to as NonNullable<ReliefWanted['from']> },
        go: (ground, made) => road.complete(ground, made),
      };
    case 'recheck':
      return { given: at, go: (ground, made) => road.complete(ground, made, [road.invoice(70_000_000)]) };
    case 'expire':
      return { given: at, go: (ground) => road.letTimePass(ground) };
    case 'askSecond':
      return { given: at, go: (ground, made) => road.askSecondReview(ground, made) };
    case 'openPanel':
      return { given: at, go: (ground, made) => road.openPanel(ground, made) };
    case 'refuse':
      return { given: { ...at, totalFen: 60_960_000 }, go: road.refuse };
    case 'carry':
      return { given: at, go: (ground, made) => road.vote(ground, made, 'YYYYN') };
    case 'reject':
      return { given: at, go: (ground, made) => road.vote(ground, made, 'YYNNN') };
    case 'lapse':
      return {
        given: at,
        go: async (ground, made) => {
          await road.vote(ground, made, 'YYY..');
          await road.closeRound(ground, made);
        },
      };
    case 'hold':
      return { given: at, go: road.hold };
    case 'dismiss':
      return { given: at, go: (ground, made) => road.decideObjection(ground, made, 'DISMISSED') };
    case 'uphold':
      return { given: at, go: (ground, made) => road.decideObjection(ground, made, 'UPHELD') };
    case 'approve':
      return { given: { at: 'NOTICED' }, go: (ground, made) => road.approve(ground, made) };
    case 'pay':
      return { given: at, go: road.payAll };
    case 'payBack':
      return { given: at, go: bankReturns };
    case 'close':
      return { given: at, go: (ground, made) => road.endNotice(ground, made, 'RELIEF_RESULT') };
    case 'demand':
      return { given: at, go: (ground, made) => road.demand(ground, made, { laterFen: 1_000_000 }) };
    case 'repaid':
      return { given: at, go: road.payBackAll };
    case 'withdraw':
      return { given: at, go: (ground, made) => road.end(ground, made, 'OWN_WISH') };
    case 'terminate':
      return { given: at, go: (ground, made) => road.end(ground, made, 'NOT_IN_NEED') };
  }
}

async function bankReturns(ground: ReliefGround, made: GivenRelief): Promise<void> {
  for (const { orderId } of await road.ordersOf(ground, made)) await road.bankReturns(ground, orderId);
}

/** What has to be there besides, before the step can be taken. */
async function readyFor({ act, to }: Row, ground: ReliefGround, given: ReliefWanted): Promise<GivenRelief> {
  if (act === 'repaid' && to === 'CLOSED') {
    const made = await givenRelief(ground, { at: 'CLOSED' });
    await road.demand(ground, made, { laterFen: 1_000_000 });
    return made;
  }
  if (act === 'askSecond') return road.givenGrown(ground);
  const made = await givenRelief(ground, given);
  if (act === 'close') {
    await road.followUp(ground, made);
    await road.sign(ground, made, 'RELIEF_RESULT');
    await road.post(ground, made, 'RELIEF_RESULT');
  }
  return made;
}

const nameOf = ({ act, from, to }: ReliefStep) => `${act}: ${String(from)} → ${to}`;

type DutyRow = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly owner: string;
  readonly rule: string;
};

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;
  const walked = new Set<string>();

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const openDuties = ({ reliefId }: GivenRelief) =>
    house.dataSource.query<DutyRow[]>(
      `SELECT id AS "id", kind AS "kind", subject_kind AS "subject", owner_role AS "owner", rule AS "rule"
       FROM duties WHERE thread_id = ? AND open_key IS NOT NULL ORDER BY id`,
      [reliefId],
    );
  const seen = async (made: GivenRelief) => ({
    state: await stateOf(ground, made),
    duties: await openDuties(made),
    notices: await house.get(NoticesQueries).allOfSubject(RELIEF, made.reliefId),
    letters: await house.get(ReliefLetters).of(made.reliefId),
    minutes: (await house.get(BoardQueries).roundsOf(RELIEF, made.reliefId)).filter(
      ({ state }) => state !== 'OPEN',
    ),
  });
  /** Those that were not there before. */
  const added = <One extends { readonly id: string }>(before: readonly One[], after: readonly One[]): One[] =>
    after.filter(({ id }) => !before.some((each) => each.id === id));

  it('begins: submit', async () => {
    const made = await road.submit(ground);
    const [row] = RELIEF_PROCEDURE;
    const { state, duties, notices, letters } = await seen(made);
    expect([state, notices, letters]).toEqual(['SUBMITTED', [], []]);
    expect(duties.map(owedOf)).toEqual(row?.owes.map(owedWords));
    if (row) walked.add(nameOf(row));
  });

  it.each(ROWS.map((row) => [nameOf(row), row] as const))('goes on: %s', async (name, row) => {
    const { given, go } = wayOf(row);
    const made = await readyFor(row, ground, given);
    const before = await seen(made);
    expect(before.state).toBe(row.from);

    await go(ground, made);

    const after = await seen(made);
    expect(after.state).toBe(row.to);
    const fresh = added(before.duties, after.duties).filter(({ subject }) => subject === 'relief');
    // A file that came back owes what was left of its step: less than the step has in the table.
    const owed = row.act === 'resume' ? fresh.map(() => '') : fresh.map(owedOf);
    expect(owed.sort()).toEqual(row.act === 'resume' ? [''] : row.owes.map(owedWords).sort());
    for (const duty of row.settles) {
      // The visit settled what closing settles; to decide anew is owed only where an objection was upheld (objections-relief).
      if (row.act !== 'close' && duty !== 'DECIDE_ANEW')
        expect(before.duties.map((each) => each.kind)).toContain(duty);
      expect(added(fresh, after.duties).map((each) => each.kind)).not.toContain(duty);
    }
    if (row.endsDuties) expect(added(before.duties, after.duties)).toHaveLength(after.duties.length); // none of the old is left

    const papers: readonly ReliefPaperMade[] = row.papers;
    const letters = papers.flatMap((paper) =>
      paper in LETTER_OF ? [LETTER_OF[paper as keyof typeof LETTER_OF]] : [],
    );
    const notices = papers.filter((paper) => ['RELIEF_PRE', 'RELIEF_RESULT', 'REJECTION'].includes(paper));
    expect(added(before.letters, after.letters).map((letter) => letter.kind)).toEqual(letters);
    expect(added(before.notices, after.notices).map((notice) => notice.kind)).toEqual(notices);
    if (papers.includes('MINUTES')) expect(added(before.minutes, after.minutes)).toHaveLength(1);
    walked.add(name);
  });

  it('walked every row of the table', () => {
    expect(RELIEF_PROCEDURE.map(nameOf).filter((name) => !walked.has(name))).toEqual([]);
  });
});

const owedWords = ({ duty, owner, unit, count }: ReliefStep['owes'][number]) =>
  `${duty} ${owner} ${count} ${unit}`;

function owedOf({ kind, owner, rule }: DutyRow): string {
  const { unit, count } = JSON.parse(rule) as { unit: string; count: number };
  return `${kind} ${owner} ${count} ${unit}`;
}
