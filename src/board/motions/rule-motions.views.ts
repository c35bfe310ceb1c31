import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { table } from '../../platform/web/views.js';
import type { TableView } from '../../platform/web/views.js';
import { RULE_MOTION_WORDS } from '../domain/rule-motion.js';
import type { RuleMotionFacts } from './rule-motions.queries.js';

/** What the board was asked about one rule, and what it said. */
export function motionsTable(motions: readonly RuleMotionFacts[]): TableView {
  return table(
    '修订提案',
    ['提出日期', '版本', '修订内容', '结果'],
    motions.map((motion) => [
      dayWords(dayOf(motion.openedAt)),
      `第 ${motion.version} 版`,
      motion.changes.map(({ label, before, after }) => `${label}：${before} → ${after}`).join('；'),
      motion.roundId === null
        ? resultOf(motion)
        : { words: resultOf(motion), href: `/s/rounds/${motion.roundId}` },
    ]),
    '还没有提过修订。',
  );
}

function resultOf({ state, inForceFrom }: RuleMotionFacts): string {
  const words = RULE_MOTION_WORDS[state];
  return inForceFrom === null ? words : `${words}，${dayWords(inForceFrom)}起施行`;
}
