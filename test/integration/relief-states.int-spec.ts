import { ACCOUNT_STATES } from '../../src/relief/domain/account-rule.js';
import { reliefStepOf } from '../../src/relief/domain/relief-procedure.js';
import type { ReliefAct } from '../../src/relief/domain/relief-procedure.js';
import { RELIEF_STATES } from '../../src/relief/index.js';
import type { ReliefState } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import * as road from '../support/relief.js';
import { givenRelief, givenReliefGround, GRANT_FEN, part, rowsIn, stateOf } from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

type Ask = (ground: ReliefGround, made: GivenRelief) => Promise<unknown>;

/** Each act of the table that somebody asks for, with nothing wrong about it but the state. */
const ACTS: Readonly<Partial<Record<ReliefAct, Ask>>> = {
  checkPolicies: (ground, made) => road.checkPolicies(ground, made),
  verify: (ground, made) => road.verify(ground, made),
  assess: (ground, made) => road.assess(ground, made),
  review: (ground, made) => road.reviewOnce(ground, made),
  return: (ground, made) => road.sendBack(ground, made),
  resume: (ground, made) => road.complete(ground, made),
  recheck: (ground, made) => road.complete(ground, made, [road.invoice(100)]),
  askSecond: (ground, made) => road.askSecondReview(ground, made),
  openPanel: (ground, made) => road.openPanel(ground, made),
  refuse: road.refuse,
  hold: road.hold,
  dismiss: (ground, made) => road.decideObjection(ground, made, 'DISMISSED'),
  uphold: (ground, made) => road.decideObjection(ground, made, 'UPHELD'),
  approve: (ground, made) => road.approve(ground, made),
  demand: (ground, made) => road.demand(ground, made, { amountFen: 100 }),
  withdraw: (ground, made) => road.end(ground, made, 'OWN_WISH'),
  terminate: (ground, made) => road.end(ground, made, 'DEATH'),
};

/** Of each case, registered before anybody tries it. */
const cards = new Map<string, string>();

type Beside = { readonly code: string; readonly allowed: readonly ReliefState[]; readonly ask: Ask };

/** Acts that change no state, and where they have a place. */
const BESIDE: Readonly<Record<string, Beside>> = {
  planPayments: {
    code: 'RELIEF_NOT_IN_STATE',
    allowed: ['PRE_NOTICE', 'OBJECTION_HOLD'],
    ask: (ground, made) => road.plan(ground, made, [part(GRANT_FEN)]),
  },
  followUp: {
    code: 'RELIEF_NOT_IN_STATE',
    allowed: ['PAID', 'REFUND_DUE', 'CLOSED'],
    ask: road.followUp,
  },
  nameAccount: {
    code: 'RELIEF_NOT_IN_STATE',
    allowed: ACCOUNT_STATES,
    ask: (ground, made) => road.nameAccount(ground, made, cards.get(made.reliefId)),
  },
  askAdvance: {
    code: 'ADVANCE_NOT_ALLOWED',
    allowed: ['PRE_NOTICE'],
    ask: (ground, made) => road.askAdvance(ground, made, 100),
  },
  signAdvance: {
    code: 'ADVANCE_NOT_ALLOWED',
    allowed: [],
    ask: (ground, made) => road.signAdvance(ground, made, 'chair'),
  },
};

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  /** Null where it was refused with the code. */
  const faultOf = async (name: string, wanted: string, asked: Promise<unknown>): Promise<string | null> => {
    const answer = await asked.catch((error: unknown) => error);
    const code = answer instanceof Error && 'code' in answer ? String(answer.code) : String(answer);
    return code === wanted ? null : `${name}: ${code}`;
  };

  it.each(RELIEF_STATES)(
    'takes no step from %s that the table does not have, and changes no row',
    async (state) => {
      const made = await givenRelief(ground, { at: state });
      expect(await stateOf(ground, made)).toBe(state);
      cards.set(made.reliefId, await road.newCard(ground, made.home, made.personId));
      const before = await rowsIn(house);
      const faults: (string | null)[] = [];
      for (const [act, ask] of Object.entries(ACTS) as [ReliefAct, Ask][])
        if (!reliefStepOf(act, state))
          faults.push(await faultOf(act, 'RELIEF_NOT_IN_STATE', ask(ground, made)));
      for (const [act, { allowed, code, ask }] of Object.entries(BESIDE))
        if (!allowed.includes(state)) faults.push(await faultOf(act, code, ask(ground, made)));
      expect(faults.filter((fault) => fault !== null)).toEqual([]);
      expect(faults.length).toBeGreaterThan(10);
      expect(await rowsIn(house)).toEqual(before);
    },
  );
});
