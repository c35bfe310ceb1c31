import type { RoundSummary } from '../board/index.js';

export function roundWords(round: RoundSummary): string {
  const { sequence, present, electors, yes, no, abstain } = round;
  return `表决第 ${sequence} 轮：应到 ${electors}，到 ${present}（${yes}同意 ${no}反对 ${abstain}弃权）`;
}
