import { CASE_STATES, LAST_STATES } from './emergency-procedure.js';
import type { CaseState, Step } from './emergency-procedure.js';

/** What is wrong with a table of steps. Asked by the spec and at every start: a faulty one keeps the house shut. */
export function procedureFaults(steps: readonly Step[]): string[] {
  const faults: string[] = [];
  const starts = steps.filter(({ from }) => from === null);
  if (starts.length !== 1) faults.push(`a case begins in ${starts.length} ways, not one`);

  const seen = new Set<string>();
  for (const step of steps) {
    const name = `${step.act} from ${String(step.from)}`;
    if (seen.has(name)) faults.push(`${name} stands twice`);
    seen.add(name);
    if (step.who.length === 0) faults.push(`${name} is nobody's to do`);
    if (step.guard.trim() === '') faults.push(`${name} has no guard`);
    if (step.from === step.to) faults.push(`${name} leads nowhere`);
    if (step.owes.some(({ count }) => typeof count === 'number' && count < 1))
      faults.push(`${name} is due before it begins`);
    if (step.from !== null && LAST_STATES.has(step.from))
      faults.push(`${step.from} is the end, yet ${step.act} leads on`);
  }
  return [...faults, ...roadFaults(steps)];
}

function roadFaults(steps: readonly Step[]): string[] {
  const reached = reachable(steps);
  const unreached = CASE_STATES.filter((state) => !reached.has(state));
  const stuck = CASE_STATES.filter(
    (state) => !LAST_STATES.has(state) && !steps.some(({ from }) => from === state),
  );
  return [
    ...unreached.map((state) => `no road leads to ${state}`),
    ...stuck.map((state) => `no road leads out of ${state}`),
  ];
}

function reachable(steps: readonly Step[]): ReadonlySet<CaseState | null> {
  const reached = new Set<CaseState | null>([null]);
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
