import { CASE_STATES, LAST_STATES } from './emergency-procedure.js';

/** One row of a procedure, as far as its soundness goes: whatever states and acts it is of. */
type Row<State extends string> = {
  readonly act: string;
  readonly from: State | null;
  readonly to: State;
  readonly who: readonly string[];
  readonly guard: string;
  readonly owes: readonly { readonly count: number | string }[];
};

type Road<State extends string> = {
  readonly states: readonly State[];
  /** Nothing leads on from here. */
  readonly ends: ReadonlySet<State>;
  /** Acts that lead from one state to several, by what is found: a way back goes where it came from. */
  readonly forking?: readonly string[];
};

const EMERGENCY: Road<string> = { states: CASE_STATES, ends: new Set<string>(LAST_STATES) };

/** What is wrong with a table of steps. Asked by the spec and at every start: a faulty one keeps the house shut. */
export function procedureFaults<State extends string>(
  steps: readonly Row<State>[],
  road: Road<State> = EMERGENCY as Road<State>,
): string[] {
  const faults: string[] = [];
  const starts = steps.filter(({ from }) => from === null);
  if (starts.length !== 1) faults.push(`a case begins in ${starts.length} ways, not one`);

  const seen = new Set<string>();
  for (const step of steps) {
    const name = `${step.act} from ${String(step.from)}`;
    const way = road.forking?.includes(step.act) ? `${name} to ${step.to}` : name;
    if (seen.has(way)) faults.push(`${name} stands twice`);
    seen.add(way);
    if (step.who.length === 0) faults.push(`${name} is nobody's to do`);
    if (step.guard.trim() === '') faults.push(`${name} has no guard`);
    if (step.from === step.to) faults.push(`${name} leads nowhere`);
    if (step.owes.some(({ count }) => typeof count === 'number' && count < 1))
      faults.push(`${name} is due before it begins`);
    if (step.from !== null && road.ends.has(step.from))
      faults.push(`${step.from} is the end, yet ${step.act} leads on`);
  }
  return [...faults, ...roadFaults(steps, road)];
}

function roadFaults<State extends string>(
  steps: readonly Row<State>[],
  { states, ends }: Road<State>,
): string[] {
  const reached = reachable(steps);
  const unreached = states.filter((state) => !reached.has(state));
  const stuck = states.filter((state) => !ends.has(state) && !steps.some(({ from }) => from === state));
  return [
    ...unreached.map((state) => `no road leads to ${state}`),
    ...stuck.map((state) => `no road leads out of ${state}`),
  ];
}

function reachable<State extends string>(steps: readonly Row<State>[]): ReadonlySet<State | null> {
  const reached = new Set<State | null>([null]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { from, to } of steps) {
      if (!reached.has(from) || reached.has(to)) continue;
      reached.add(to);
      grown = true;
    }
  }
  return reached;
}
