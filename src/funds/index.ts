/** The front door of funds: what the contexts below it may use. */
import { CapClaim, CapCounterRow, CapGroup, CapMember, CapMoveRow } from './cap.entity.js';
import { FundNode, FundRule } from './fund.entity.js';

export { CapsQueries } from './caps.queries.js';
export { CapsService } from './caps.service.js';
export type { CapAsked, CapHeld, Grouped } from './caps.service.js';
export { CapExhausted, FundNotFound, RuleNotInForce } from './domain/funds.errors.js';
export { USUAL_RULE, windowKeyOf } from './domain/rule.js';
export type { Rule, RuleTerms } from './domain/rule.js';
export { FundsModule } from './funds.module.js';
export { fundsPermissions } from './funds.permissions.js';
export { FundsQueries } from './funds.queries.js';
export type { FundTree, FundWithMoney } from './funds.queries.js';
export { FundsService } from './funds.service.js';
export type { FundOpening, ProjectOpening } from './funds.service.js';
export type { Deduction, Worksheet } from './domain/worksheet.js';
export { FUND_RULE, FundRuleMotionService } from './rule-motion.service.js';
export type { RuleProposal } from './rule-motion.service.js';
export { FundsVerifier } from './funds.verifier.js';
export { formulaWords } from './rule-words.js';

export const fundsEntities = [FundNode, FundRule, CapGroup, CapMember, CapCounterRow, CapClaim, CapMoveRow];
