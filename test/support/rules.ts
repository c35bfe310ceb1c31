import { randomUUID } from 'node:crypto';
import { Commands } from '../../src/audit/index.js';
import { RoundsService } from '../../src/board/index.js';
import { FundsService } from '../../src/funds/index.js';
import type { RuleTerms } from '../../src/funds/index.js';
import { SocietiesService } from '../../src/societies/index.js';
import type { CharterTerms } from '../../src/societies/index.js';
import { callerOf } from './house.js';
import type { House } from './house.js';
import { as, handsOf, photo } from './village.js';
import type { Village } from './village.js';

const system = (societyId: string) =>
  callerOf({ accountId: randomUUID(), societyId, roles: ['system-admin'] });

/** The step by which the board's resolution writes a version, for tests that are about something else. */
export const adoptCharter = (house: House, societyId: string, terms: CharterTerms) =>
  house
    .get(Commands)
    .run(system(societyId), { act: 'adoptCharter', body: { societyId, terms } }, (tx, trail) =>
      house.get(SocietiesService).adoptCharter(tx, trail, societyId, terms),
    );

/** The same of a fund's rule. */
export const adoptRule = (
  house: House,
  of: { readonly federationId: string; readonly fundId: string },
  terms: RuleTerms,
) =>
  house
    .get(Commands)
    .run(system(of.federationId), { act: 'adoptRule', body: { of, terms } }, (tx, trail) =>
      house.get(FundsService).adoptRule(tx, trail, of, terms),
    );

/** The board of a society with posts raises its hands. */
export const raiseHands = async (of: Village, roundId: string, choice: 'yes' | 'no', few?: number) =>
  of.house.get(RoundsService).recordShowOfHands(as(of, 'secretary'), {
    ...{ roundId, presiderId: of.at.chair.personId, hands: handsOf(of, choice, few) },
    ...{ place: null, sheet: await photo() },
  });
