import {
  ACT_WORDS,
  ACTOR_WORDS,
  deadlineWords,
  EMERGENCY_PROCEDURE,
  STATE_WORDS,
  STEP_PAPER_WORDS,
} from '../cases/index.js';
import type { Step } from '../cases/index.js';
import {
  RELIEF_ACT_WORDS,
  RELIEF_ACTOR_WORDS,
  RELIEF_MADE_WORDS,
  RELIEF_PROCEDURE,
  RELIEF_STATE_WORDS,
} from '../relief/index.js';
import type { ReliefStep } from '../relief/index.js';

const FOREWORD = `# How a case can go
The two procedures, whole: made from the tables in the code by
\`npm run huzhu -- export:procedure docs/procedure.md\`; a test compares. No code changes the state of a case without a row
of its table. “Deadline” is what somebody owes from the step on; “paper” is what the step leaves behind.
`;

const HEAD = `
| state | act | next state | who | guard | deadline | paper |
|---|---|---|---|---|---|---|
`;

/** `docs/procedure.md`: every state, transition, actor, guard, deadline and paper of both procedures. */
export function procedurePage(): string {
  return [
    FOREWORD,
    '\n## The emergency grant of a society: pay first, publicise later\n',
    HEAD,
    EMERGENCY_PROCEDURE.map(emergencyRow).join('\n'),
    '\n\n## Relief by a charity fund: reviewed by the federation, publicised before it is paid\n',
    HEAD,
    RELIEF_PROCEDURE.map(reliefRow).join('\n'),
    '\n',
  ].join('');
}

function emergencyRow({ act, from, to, who, guard, owes, papers }: Step): string {
  return rowOf({
    from: from === null ? '–' : wordsOf(STATE_WORDS, from),
    act: `${ACT_WORDS[act]} \`${act}\``,
    to: wordsOf(STATE_WORDS, to),
    who: who.map((actor) => ACTOR_WORDS[actor]),
    guard,
    deadline: deadlineWords(owes),
    papers: papers.map((paper) => STEP_PAPER_WORDS[paper]),
  });
}

function reliefRow({ act, from, to, who, guard, owes, papers }: ReliefStep): string {
  return rowOf({
    from: from === null ? '–' : wordsOf(RELIEF_STATE_WORDS, from),
    act: `${RELIEF_ACT_WORDS[act]} \`${act}\``,
    to: wordsOf(RELIEF_STATE_WORDS, to),
    who: who.map((actor) => RELIEF_ACTOR_WORDS[actor]),
    guard,
    deadline: deadlineWords(owes),
    papers: papers.map((paper) => RELIEF_MADE_WORDS[paper]),
  });
}

type Row = {
  readonly from: string;
  readonly act: string;
  readonly to: string;
  readonly who: readonly string[];
  readonly guard: string;
  readonly deadline: string;
  readonly papers: readonly string[];
};

function rowOf({ from, act, to, who, guard, deadline, papers }: Row): string {
  const cells = [from, act, to, who.join('、'), guard, deadline || '–', papers.join('、') || '–'];
  return `| ${cells.join(' | ')} |`;
}

const wordsOf = <State extends string>(words: Readonly<Record<State, string>>, state: State): string =>
  `${words[state]} \`${state}\``;
