import type { Role } from '../../kernel/actor.js';

export const CASE_STATES = [
  'ACCEPTED',
  'VERIFIED',
  'VOTING',
  'APPROVED',
  'PAID',
  'CLOSED',
  'REJECTED',
  'LAPSED',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export type CaseAct = 'register' | 'verify' | 'openRound' | 'approve' | 'reject' | 'lapse' | 'pay' | 'close';

/** What a state owes somebody, by when. A word in `count` names the term of the charter that holds the figure. */
export type Owed = {
  readonly duty: 'VISIT' | 'OPEN_ROUND' | 'PAY' | 'PAPERS' | 'ID_NUMBER' | 'SIGN_NOTICE' | 'POST_NOTICE';
  readonly owner: Role;
  readonly unit: 'hours' | 'natural-days' | 'working-days';
  readonly count: number | 'payHours' | 'paperWorkingDays' | 'postWorkingDays';
};

export type Step = {
  readonly act: CaseAct;
  readonly from: CaseState | null;
  readonly to: CaseState;
  /** Whoever may ask for it; `board` is the outcome of a round, `tracks` the last of the three tracks to end. */
  readonly who: readonly (Role | 'board' | 'tracks')[];
  readonly guard: string;
  /** Duties that the step fulfils. */
  readonly settles: readonly Owed['duty'][];
  /** Duties that begin with the step. */
  readonly owes: readonly Owed[];
  /** Duties that begin anew from the moment of the step, where they are still open. */
  readonly restarts: readonly Owed[];
};

const PAPERS = {
  duty: 'PAPERS',
  owner: 'secretary',
  unit: 'working-days',
  count: 'paperWorkingDays',
} as const;
const ID_NUMBER = { ...PAPERS, duty: 'ID_NUMBER' } as const;
const POST_NOTICE = {
  duty: 'POST_NOTICE',
  owner: 'secretary',
  unit: 'working-days',
  count: 'postWorkingDays',
} as const;

/**
 * The emergency grant of a society, whole (domain.md 2.1): pay first, then papers and notice as dated debts. Every
 * change of a case's state is one row of this table, and no code changes a state without it. After APPROVED three
 * tracks run side by side (money, papers, notice); PAID says only that the money has left.
 */
export const EMERGENCY_PROCEDURE: readonly Step[] = [
  {
    act: 'register',
    from: null,
    to: 'ACCEPTED',
    who: ['secretary', 'clerk'],
    guard: '在救助范围内，不超过单笔和每户每年的限额，同一原因一年一次，已签同意书和承诺书',
    settles: [],
    owes: [{ duty: 'VISIT', owner: 'secretary', unit: 'hours', count: 24 }],
    restarts: [],
  },
  {
    act: 'verify',
    from: 'ACCEPTED',
    to: 'VERIFIED',
    who: ['secretary', 'clerk'],
    guard: '两个不同的人看过，都不是申请人，也和申请人没有亲属关系',
    settles: ['VISIT'],
    owes: [{ duty: 'OPEN_ROUND', owner: 'secretary', unit: 'hours', count: 24 }],
    restarts: [],
  },
  {
    act: 'openRound',
    from: 'VERIFIED',
    to: 'VOTING',
    who: ['secretary', 'clerk'],
    guard: '池里的钱够并已留出，有关系的理事已回避，申请人和亲属不能发起',
    settles: ['OPEN_ROUND'],
    owes: [],
    restarts: [],
  },
  {
    act: 'openRound',
    from: 'LAPSED',
    to: 'VOTING',
    who: ['secretary', 'clerk'],
    guard: '只能再表决一次，其余同上',
    settles: ['OPEN_ROUND'],
    owes: [],
    restarts: [],
  },
  {
    act: 'approve',
    from: 'VOTING',
    to: 'APPROVED',
    who: ['board'],
    guard: '表决通过，表决以后金额、收款人、账户、事由没有改过',
    settles: [],
    owes: [
      { duty: 'PAY', owner: 'cashier', unit: 'hours', count: 'payHours' },
      PAPERS,
      ID_NUMBER,
      POST_NOTICE,
    ],
    restarts: [],
  },
  {
    act: 'reject',
    from: 'VOTING',
    to: 'REJECTED',
    who: ['board'],
    guard: '到会够数，同意不够',
    settles: [],
    owes: [],
    restarts: [],
  },
  {
    act: 'lapse',
    from: 'VOTING',
    to: 'LAPSED',
    who: ['board'],
    guard: '到会不够数',
    settles: [],
    owes: [{ duty: 'OPEN_ROUND', owner: 'secretary', unit: 'hours', count: 24 }],
    restarts: [],
  },
  {
    act: 'pay',
    from: 'APPROVED',
    to: 'PAID',
    who: ['cashier'],
    guard: '出纳记了打款，出纳不是申请人也不是其亲属',
    settles: ['PAY'],
    owes: [{ duty: 'SIGN_NOTICE', owner: 'chair', unit: 'working-days', count: 'postWorkingDays' }],
    restarts: [PAPERS, ID_NUMBER, POST_NOTICE],
  },
  {
    act: 'close',
    from: 'PAID',
    to: 'CLOSED',
    who: ['tracks'],
    guard: '钱已打出，材料齐了，公示期满',
    settles: [],
    owes: [],
    restarts: [],
  },
];

/** The row of the table for an act on a case in a state; null says that the act has no place there. */
export function stepOf(act: CaseAct, from: CaseState | null): Step | null {
  return EMERGENCY_PROCEDURE.find((step) => step.act === act && step.from === from) ?? null;
}

/** A board that could not meet twice hands the case on: one vote again, then the town (domain.md 2.1). */
export const MOST_ROUNDS = 2;

/** A step's duties as they fall on this case: an ID number only who lacks one owes, a vote only who may vote again. */
export function owedBy(step: Step, facts: { idPending: boolean; roundsOpened: number }): readonly Owed[] {
  return step.owes.filter(
    ({ duty }) =>
      (duty !== 'ID_NUMBER' || facts.idPending) &&
      (duty !== 'OPEN_ROUND' || facts.roundsOpened < MOST_ROUNDS),
  );
}

export type CharterTerms = {
  readonly payHours: number;
  readonly paperWorkingDays: number;
  readonly postWorkingDays: number;
};

/** The figure of a deadline under a charter. D4-21: hours run by the clock, also over a weekend. */
export function countOf(owed: Owed, charter: CharterTerms): number {
  return typeof owed.count === 'number' ? owed.count : charter[owed.count];
}

/** What is wrong with a table of steps. Asked by the spec and at every start: a faulty one keeps the house shut. */
export function procedureFaults(steps: readonly Step[]): string[] {
  const faults: string[] = [];
  const starts = steps.filter((step) => step.from === null);
  if (starts.length !== 1) faults.push(`a case begins in ${starts.length} ways, not one`);

  const seen = new Set<string>();
  for (const step of steps) {
    const name = `${step.act} from ${String(step.from)}`;
    if (seen.has(name)) faults.push(`${name} stands twice`);
    seen.add(name);
    if (step.who.length === 0) faults.push(`${name} is nobody's to do`);
    if (step.guard.trim() === '') faults.push(`${name} has no guard`);
    if (step.from === step.to) faults.push(`${name} leads nowhere`);
    if (step.owes.some((owed) => typeof owed.count === 'number' && owed.count < 1))
      faults.push(`${name} is due before it begins`);
  }
  const reached = reachable(steps);
  for (const state of CASE_STATES) if (!reached.has(state)) faults.push(`no road leads to ${state}`);
  for (const state of CASE_STATES)
    if (!FINAL.has(state) && !steps.some((step) => step.from === state))
      faults.push(`no road leads out of ${state}`);
  for (const step of steps)
    if (step.from !== null && FINAL.has(step.from))
      faults.push(`${step.from} is the end, yet ${step.act} leads on`);
  return faults;
}

const FINAL: ReadonlySet<CaseState> = new Set<CaseState>(['CLOSED', 'REJECTED']);

/** No road leads out of it, and nothing is owed any more. */
export function isFinal(state: CaseState): boolean {
  return FINAL.has(state);
}

function reachable(steps: readonly Step[]): ReadonlySet<CaseState> {
  const reached = new Set<CaseState | null>([null]);
  for (let grown = true; grown;) {
    grown = false;
    for (const step of steps) {
      if (!reached.has(step.from) || reached.has(step.to)) continue;
      reached.add(step.to);
      grown = true;
    }
  }
  reached.delete(null);
  return reached as ReadonlySet<CaseState>;
}
