import {
  ACT_WORDS,
  ACTOR_WORDS,
  deadlineWords,
  EMERGENCY_PROCEDURE,
  STATE_WORDS,
  STEP_PAPER_WORDS,
} from '../cases/index.js';
import type { CaseState, Step } from '../cases/index.js';

const FOREWORD = `# How a case can go
The emergency grant of a society, whole: made from the table in the code by
\`npm run huzhu -- export:procedure docs/procedure.md\`; a test compares. No code changes the state of a case without a row
of this table. “Deadline” is what somebody owes from the step on; “paper” is what the step leaves behind.

| state | act | next state | who | guard | deadline | paper |
|---|---|---|---|---|---|---|
`;

/** `docs/procedure.md`: every state, transition, actor, guard, deadline and paper. */
export function procedurePage(): string {
  return `${FOREWORD}${EMERGENCY_PROCEDURE.map(rowOf).join('\n')}\n`;
}

function rowOf({ act, from, to, who, guard, owes, papers }: Step): string {
  const cells = [
    from === null ? '–' : stateWords(from),
    `${ACT_WORDS[act]} \`${act}\``,
    stateWords(to),
    who.map((actor) => ACTOR_WORDS[actor]).join('、'),
    guard,
    deadlineWords(owes) || '–',
    papers.map((paper) => STEP_PAPER_WORDS[paper]).join('、') || '–',
  ];
  return `| ${cells.join(' | ')} |`;
}

const stateWords = (state: CaseState): string => `${STATE_WORDS[state]} \`${state}\``;
