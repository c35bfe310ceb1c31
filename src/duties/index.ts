/** The front door of duties: what is owed, by whom, until when. */
import { DutyRow } from './duty.entity.js';

export { DutiesModule } from './duties.module.js';
export { dutiesPermissions } from './duties.permissions.js';
export { DutiesQueries } from './duties.queries.js';
export type { Duty } from './duties.queries.js';
export { DutyThreads } from './duty-threads.js';
export type { DutyCard, DutyThread } from './duty-threads.js';
export { DutiesService } from './duties.service.js';
export type { DutyDraft } from './duties.service.js';
export type { Due, DueRule } from './domain/due.js';
export { DUTY_KINDS } from './domain/duty-kinds.js';
export type { DutyKind } from './domain/duty-kinds.js';
export { clockOf, DUTY_WORDS, isOverdue, lastDayOf, limitWords } from './domain/duty-words.js';
export type { DutyClock, DutyWords } from './domain/duty-words.js';

export const dutiesEntities = [DutyRow];
