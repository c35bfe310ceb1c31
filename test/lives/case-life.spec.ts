import fc from 'fast-check';
import { eventsFrom, lifeFaults, lived, newLife } from './case-life.js';
import type { CaseLife, LifeEvent } from './case-life.js';
import { CASE_STATES, EMERGENCY_PROCEDURE, LAST_STATES } from '../../src/cases/domain/emergency-procedure.js';
import type { CaseState } from '../../src/cases/domain/emergency-procedure.js';
import { seedOf } from '../support/often.js';

/** A failing life is lived again with LIVES_SEED; its number stands in the title of the test. */
const SEED = seedOf('LIVES_SEED');
const RUNS = Number(process.env['PURE_LIVES'] ?? 100_000);

const START_FEN = 250_000;
const acts = [...new Set(EMERGENCY_PROCEDURE.map(({ act }) => act))];

const event: fc.Arbitrary<LifeEvent> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ act: fc.constantFrom(...acts) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('amend' as const),
      amountFen: fc.integer({ min: 1, max: 300_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('instalment' as const),
      amountFen: fc.integer({ min: 1, max: 120_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ act: 'finishTracks' as const }, { act: 'expireFast' as const }) },
);

/** Mostly events that have a place, so that lives get somewhere; the others must change nothing. */
const life = fc.array(fc.tuple(event, fc.nat()), { minLength: 10, maxLength: 24 });

/** Ways out that stand open in almost every state: taken as often as any other, few lives would ever see money. */
const EARLY_ENDS: ReadonlySet<CaseState> = new Set(['WITHDRAWN', 'REFERRED', 'TERMINATED', 'ESCALATED']);

function next(now: CaseLife, [wanted, pick]: readonly [LifeEvent, number]): CaseLife | null {
  const direct = stayed(now, lived(now, wanted), pick);
  if (direct !== null || pick % 4 === 0) return direct;
  const open = eventsFrom(now);
  const chosen = open[pick % Math.max(open.length, 1)];
  return chosen ? stayed(now, lived(now, chosen), pick) : null;
}

function stayed(now: CaseLife, after: CaseLife | null, pick: number): CaseLife | null {
  const leaves = after?.state != null && after.state !== now.state && EARLY_ENDS.has(after.state);
  return leaves && pick % 16 !== 1 ? null : after;
}

it(`keeps every promise through ${RUNS} random lives of cases (LIVES_SEED=${SEED})`, () => {
  const seen = new Set<CaseState>();
  fc.assert(
    fc.property(life, fc.integer({ min: 1, max: 300_000 }), (events, amountFen) => {
      let now = newLife(START_FEN, amountFen);
      for (const each of events) {
        const after = next(now, each);
        if (after === null) continue;
        const faults = lifeFaults(after, START_FEN);
        if (faults.length > 0)
          throw new Error(`${String(now.state)} → ${String(after.state)}: ${faults.join('; ')}`);
        if (now.state !== null && LAST_STATES.has(now.state) && after.state !== now.state)
          throw new Error(`${now.state} was left again`);
        if (after.state !== null) seen.add(after.state);
        now = after;
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
  // A walk that never came somewhere would prove nothing of it.
  expect(CASE_STATES.filter((state) => !seen.has(state))).toEqual([]);
});

it('finds a fault that is planted in any part of a life', () => {
  const paid = ['register', 'verify', 'openRound', 'approve', 'pay'] as const;
  const walked = paid.reduce<CaseLife>((now, act) => lived(now, { act }) ?? now, newLife(START_FEN, 100_000));
  expect(walked.state).toBe('PAID');
  expect(lifeFaults(walked, START_FEN)).toEqual([]);
  const planted: Partial<CaseLife>[] = [
    { poolFen: walked.poolFen + 1 },
    { setAsideFen: 1 },
    { owedFen: 1 },
    { owedBackFen: 1 },
    { usedFen: 0 },
    { usedCount: 2 },
  ];
  for (const fault of planted) expect(lifeFaults({ ...walked, ...fault }, START_FEN)).not.toEqual([]);
});
