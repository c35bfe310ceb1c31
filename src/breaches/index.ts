/** The front door of breaches: who broke a pledge, as far as it has an effect now. */
import { BreachAppeal, BreachFlag } from './breach.entity.js';

export { AppealsService } from './appeals.service.js';
export { BreachEnds } from './breach-ends.js';
export { BreachGrounds } from './breach-grounds.js';
export type { BreachGround, BreachGroundSource } from './breach-grounds.js';
export { BreachesModule } from './breaches.module.js';
export { breachesPermissions } from './breaches.permissions.js';
export { BreachesQueries } from './breaches.queries.js';
export type { BreachFacts, StandingBreach } from './breaches.queries.js';
export { BreachesService } from './breaches.service.js';
export { BreachesVerifier } from './breaches.verifier.js';
export { StandingBreaches } from './standing-breaches.js';
export { BREACH_KIND_WORDS, lastDayOfGround, standingWords } from './domain/breach.js';

export const breachesEntities = [BreachFlag, BreachAppeal];
export { breachesSealed } from './breaches.sealed.js';
