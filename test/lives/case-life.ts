import { EMERGENCY_PROCEDURE } from '../../src/cases/domain/emergency-procedure.js';
import type { CaseAct, CaseState, Step } from '../../src/cases/domain/emergency-procedure.js';

/**
 * One case and the money around it, told in the simplest way: what lies in the pool, what of it is set aside, what is
 * owed to the applicant and what the applicant owes back. The specs walk it beside the real books and compare.
 */
export type CaseLife = {
  /** Null before the intake. */
  readonly state: CaseState | null;
  readonly amountFen: number;
  readonly poolFen: number;
  readonly setAsideFen: number;
  readonly owedFen: number;
  readonly owedBackFen: number;
  readonly writtenOffFen: number;
  /** Of what was written off, so much came in after all. */
  readonly lateFen: number;
  /** Of the household's allowance of the year. */
  readonly usedFen: number;
  readonly usedCount: number;
  readonly roundsLapsed: number;
  readonly tracksDone: boolean;
  /** One of the three said no: the board is asked, and no three again. */
  readonly fastStopped: boolean;
};

/**
 * What happens: an act of the table, a part of a debt paid back, the two slow tracks coming to their end, or the time of
 * the three running out.
 */
export type LifeEvent =
  | { readonly act: CaseAct; readonly amountFen?: number }
  | { readonly act: 'instalment'; readonly amountFen: number }
  | { readonly act: 'finishTracks' }
  | { readonly act: 'expireFast' };

export function newLife(poolFen: number, amountFen: number): CaseLife {
  return {
    state: null,
    amountFen,
    poolFen,
    setAsideFen: 0,
    owedFen: 0,
    owedBackFen: 0,
    writtenOffFen: 0,
    lateFen: 0,
    usedFen: 0,
    usedCount: 0,
    roundsLapsed: 0,
    tracksDone: false,
    fastStopped: false,
  };
}

/** The life after the event, or null where it has no place: then nothing changes. */
export function lived(life: CaseLife, event: LifeEvent): CaseLife | null {
  if (event.act === 'instalment') return paidBackInPart(life, event.amountFen);
  if (event.act === 'finishTracks')
    return life.state === 'PAID' && !life.tracksDone ? { ...life, tracksDone: true } : null;
  if (event.act === 'expireFast')
    return life.state === 'SIGNING' ? { ...freed(life, 0), state: 'VERIFIED' } : null;
  if (event.act === 'amend' && ASKED_ONLY.includes(life.state)) return asked(life, event.amountFen);
  const step = EMERGENCY_PROCEDURE.find(({ act, from }) => act === event.act && from === life.state);
  if (!step || !mayTake(life, step, event.amountFen)) return null;
  return { ...effectOf(life, step, event.amountFen ?? life.amountFen), state: step.to };
}

/** Whatever may happen next to somebody in this state; a guard may still say no. */
export function eventsFrom({ state, owedBackFen, writtenOffFen, lateFen }: CaseLife): LifeEvent[] {
  const steps = EMERGENCY_PROCEDURE.filter(({ from }) => from === state).map(({ act }) => ({ act }));
  if (state === 'PAID') return [...steps, { act: 'finishTracks' }, { act: 'finishTracks' }];
  if (state === 'WRITTEN_OFF' && writtenOffFen > lateFen)
    return [{ act: 'instalment', amountFen: writtenOffFen - lateFen }];
  if (state !== 'REVOKED') return steps;
  return [
    ...steps,
    { act: 'instalment', amountFen: owedBackFen },
    { act: 'instalment', amountFen: Math.ceil(owedBackFen / 3) },
  ];
}

function mayTake(life: CaseLife, { act }: Step, amountFen: number | undefined): boolean {
  return GUARDS[act]?.(life, amountFen) ?? true;
}

/** As most charters have it. */
const FAST_PATH_LIMIT_FEN = 100_000;

const fundCovers = (life: CaseLife): boolean => life.poolFen - life.setAsideFen >= life.amountFen;

/** What the table's words say, where the state alone does not decide. */
const GUARDS: Partial<Record<CaseAct, (life: CaseLife, amountFen: number | undefined) => boolean>> = {
  openRound: fundCovers,
  openFastPath: (life) => fundCovers(life) && !life.fastStopped && life.amountFen <= FAST_PATH_LIMIT_FEN,
  amend: ({ amountFen }, asked) => asked !== amountFen,
  lapse: ({ roundsLapsed }) => roundsLapsed === 0,
  lapseAgain: ({ roundsLapsed }) => roundsLapsed > 0,
  close: ({ tracksDone }) => tracksDone,
  recover: ({ owedBackFen }) => owedBackFen === 0,
  writeOff: ({ owedBackFen }) => owedBackFen > 0,
};

type Effect = (life: CaseLife, amountFen: number) => CaseLife;

const setAside: Effect = (life) => ({
  ...life,
  setAsideFen: life.amountFen,
  usedFen: life.usedFen + life.amountFen,
  usedCount: life.usedCount + 1,
});
const owed: Effect = (life) => ({ ...life, owedFen: life.amountFen });
const freed: Effect = (life) => ({
  ...life,
  setAsideFen: 0,
  owedFen: 0,
  usedFen: life.usedFen - life.amountFen,
  usedCount: life.usedCount - 1,
});
const freedIfHeld: Effect = (life) => (isHeld(life) ? freed(life, 0) : life);

/** What an act does with money; an act that is not named here moves none. */
const EFFECTS: Partial<Record<CaseAct, Effect>> = {
  openRound: setAside,
  openFastPath: setAside,
  approve: owed,
  approveFast: owed,
  reject: freed,
  lapse: (life) => ({ ...freed(life, 0), roundsLapsed: life.roundsLapsed + 1 }),
  lapseAgain: freed,
  stopFast: (life) => ({ ...freed(life, 0), fastStopped: true }),
  escalate: freedIfHeld,
  withdraw: freedIfHeld,
  terminate: freedIfHeld,
  amend: (life, amountFen) => ({ ...freed(life, 0), amountFen }),
  pay: (life) => ({
    ...life,
    tracksDone: false,
    poolFen: life.poolFen - life.amountFen,
    setAsideFen: 0,
    owedFen: 0,
  }),
  payBack: (life) => ({
    ...life,
    poolFen: life.poolFen + life.amountFen,
    setAsideFen: life.amountFen,
    owedFen: life.amountFen,
  }),
  revoke: (life) => ({ ...life, owedBackFen: life.amountFen }),
  recover: (life) => ({ ...life, usedCount: life.usedCount - 1 }),
  writeOff: (life) => ({ ...life, writtenOffFen: life.owedBackFen, owedBackFen: 0 }),
};

function effectOf(life: CaseLife, { act }: Step, amountFen: number): CaseLife {
  return EFFECTS[act]?.(life, amountFen) ?? life;
}

/** Before anything was voted on or signed, what is asked for may be put right where it stands. */
const ASKED_ONLY: readonly (CaseState | null)[] = ['ACCEPTED', 'VERIFIED', 'LAPSED'];

function asked(life: CaseLife, amountFen: number | undefined): CaseLife | null {
  return amountFen === undefined || amountFen === life.amountFen ? null : { ...life, amountFen };
}

/** States in which money is set aside for the case. */
const HOLDING: readonly CaseState[] = ['SIGNING', 'VOTING', 'APPROVED'];

function isHeld({ state }: CaseLife): boolean {
  return state !== null && HOLDING.includes(state);
}

/** What was given up and comes in after all is free again like every part; the case stays written off. */
function paidBackLate(life: CaseLife, amountFen: number): CaseLife | null {
  if (amountFen < 1 || amountFen > life.writtenOffFen - life.lateFen) return null;
  const [lateFen, usedFen] = [life.lateFen + amountFen, life.usedFen - amountFen];
  const usedCount = usedFen === 0 ? life.usedCount - 1 : life.usedCount;
  return { ...life, poolFen: life.poolFen + amountFen, lateFen, usedFen, usedCount };
}

function paidBackInPart(life: CaseLife, amountFen: number): CaseLife | null {
  if (life.state === 'WRITTEN_OFF') return paidBackLate(life, amountFen);
  if (life.state !== 'REVOKED' || amountFen < 1 || amountFen > life.owedBackFen) return null;
  const back = {
    ...life,
    poolFen: life.poolFen + amountFen,
    owedBackFen: life.owedBackFen - amountFen,
    usedFen: life.usedFen - amountFen,
  };
  return back.owedBackFen === 0 ? lived(back, { act: 'recover' }) : back;
}

/** What must hold after each step of every life; each broken promise in a sentence. */
export function lifeFaults(life: CaseLife, startFen: number): string[] {
  const { state, poolFen, setAsideFen, owedFen, owedBackFen, usedFen, usedCount } = life;
  const givenUp = life.writtenOffFen - life.lateFen;
  const outside = state !== null && AFTER_PAYMENT.includes(state) ? life.amountFen : 0;
  const returned = outside - owedBackFen - givenUp;
  const cameBack = state === 'REVOKED' || state === 'RECOVERED' || state === 'WRITTEN_OFF' ? returned : 0;
  const faults: [boolean, string][] = [
    [poolFen < 0, 'the pool is below nothing'],
    [setAsideFen > poolFen, 'more is set aside than lies in the pool'],
    [poolFen !== startFen - outside + cameBack, 'money has come from nowhere or gone nowhere'],
    [
      setAsideFen !== (state !== null && HOLDING.includes(state) ? life.amountFen : 0),
      'what is set aside is not for this',
    ],
    [owedFen !== (state === 'APPROVED' ? life.amountFen : 0), 'what is owed is not what was approved'],
    [givenUp < 0, 'more came in than was given up'],
    [owedBackFen > 0 && state !== 'REVOKED', 'somebody owes what nobody revoked'],
    [
      usedFen < 0 || usedCount < 0 || usedCount > 1,
      'the allowance is used less than never or more than once',
    ],
    [
      usedFen !== setAsideFen + (outside - cameBack),
      'the allowance is not what the household has or may get',
    ],
  ];
  return faults.filter(([broken]) => broken).map(([, words]) => words);
}

const AFTER_PAYMENT: readonly CaseState[] = ['PAID', 'CLOSED', 'REVOKED', 'RECOVERED', 'WRITTEN_OFF'];
