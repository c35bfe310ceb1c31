import { USUAL_RULE } from '../../src/funds/domain/rule.js';
import type { Rule } from '../../src/funds/domain/rule.js';
import { workOut } from '../../src/funds/domain/worksheet.js';
import type { Worksheet } from '../../src/funds/domain/worksheet.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import type { ReliefNoticeFacts } from '../../src/relief/domain/relief-notices.js';
import { masked } from './cast.js';
import type { Cast } from './cast.js';

/** A fund gives to the few what a society never could: the bill has nine figures of yuan where the society's amount has. */
const totalOf = ({ amountFen }: Cast) =>
  fen(amountFen > 1_000_000_000 ? amountFen : amountFen * 995 + 40_000);

export const ruleOf = ({ document, charter }: Cast): Rule => ({
  ...USUAL_RULE,
  ...{ id: 'rule', fundId: 'fund', version: 2, validFrom: day('2026-01-01'), document },
  ...{ noticeDays: charter.noticeDays, noticeDayKind: charter.noticeDayKind },
});

/** With so much of the cap used before. */
export function sheetOf(cast: Cast, used = 0): Worksheet {
  const totalFen = totalOf(cast);
  const deductions = {
    BASIC_INSURANCE: fen(Math.floor(totalFen / 2)),
    SERIOUS_ILLNESS: fen(Math.floor(totalFen / 9)),
  };
  return workOut({ totalFen, deductions }, ruleOf(cast), fen(used));
}

export function factsOf(cast: Cast, used = 0): ReliefNoticeFacts {
  const { reliefNumber, federation, charter, fund, applicant, group, counts } = cast;
  return {
    ...{ number: reliefNumber, cause: 'ILLNESS', sheet: sheetOf(cast, used), counts },
    frozen: {
      ...{ federationName: federation, charter, rule: ruleOf(cast), fundName: fund, group },
      ...{ printedName: masked(applicant), mayPrintName: true, minors: used > 0 ? 3 : 0, names: [applicant] },
    },
  };
}
