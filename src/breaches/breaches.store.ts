import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { BreachAppeal, BreachFlag } from './breach.entity.js';
import type { AppealOutcome, Hands, HeardWay, Told } from './domain/breach.js';
import {
  AlreadyAppealed,
  AppealDecided,
  AppealNotFound,
  BreachDecided,
  BreachHeardAlready,
  BreachNotFound,
  BreachOver,
  GroundAlreadyFlagged,
} from './domain/breach.errors.js';

const ONE_FLAG = { name: 'uq_breach_flags_open', columns: 'breach_flags.open_key' };
const ONE_APPEAL = { name: 'uq_breach_appeals_flag', columns: 'breach_appeals.flag_id' };

type Act = { readonly by: Hands; readonly at: Date };
type Said = Act & {
  readonly how: Exclude<HeardWay, 'SILENT'>;
  readonly statementSealed: string;
  /** Whether silence was written down before. */
  readonly wasSilent: boolean;
};
type Lifting = Act & {
  readonly today: Day;
  readonly endSealed: string;
  /** The appeal that the unit knows of. */
  readonly appealId: string | null;
};

@Injectable()
export class BreachesStore {
  /** A flag by the pledge of the same term that ran out stands in nobody's way. */
  async insert(tx: Tx, flag: BreachFlag, today: Day): Promise<void> {
    await tx.change`
      UPDATE breach_flags SET open_key = NULL
      WHERE open_key = ${flag.groundId} AND ground_kind = 'PLEDGE' AND state = 'STANDS' AND until_on < ${today}`;
    try {
      await tx.insert(BreachFlag, flag);
    } catch (error) {
      throw breaksUnique(error, ONE_FLAG) ? new GroundAlreadyFlagged() : error;
    }
  }

  /** Another society's is not there. */
  async get(tx: Tx, societyId: string, id: string): Promise<BreachFlag> {
    const found = await tx.rows.findOneBy(BreachFlag, { societyId, id });
    if (!found) throw new BreachNotFound();
    return found;
  }

  /** Once, by whoever comes first; whoever speaks after the silence was written down is heard all the same. */
  async hear(tx: Tx, id: string, { by, at, how, statementSealed, wasSilent }: Said): Promise<void> {
    await tx.changeOne(() => new BreachHeardAlready())`
      UPDATE breach_flags SET heard_how = ${how}, heard_by = ${by.personId}, heard_by_account = ${by.accountId},
             heard_at = ${at}, statement_sealed = ${statementSealed}, told_how = NULL, told_on = NULL
      WHERE id = ${id} AND state = 'HEARING' AND COALESCE(heard_how, '') = ${wasSilent ? 'SILENT' : ''}`;
  }

  /** That nothing was said, since the day on which the person was told. */
  async silent(
    tx: Tx,
    id: string,
    { by, at, told: { toldHow, toldOn }, hearBy }: Act & { told: Told; hearBy: Day },
  ): Promise<void> {
    await tx.changeOne(() => new BreachHeardAlready())`
      UPDATE breach_flags SET heard_how = 'SILENT', heard_by = ${by.personId}, heard_by_account = ${by.accountId},
             heard_at = ${at}, told_how = ${toldHow}, told_on = ${toldOn}, hear_by = ${hearBy}
      WHERE id = ${id} AND state = 'HEARING' AND heard_at IS NULL`;
  }

  async confirm(tx: Tx, id: string, { by, at, untilOn }: Act & { untilOn: Day }): Promise<void> {
    await tx.changeOne(() => new BreachDecided())`
      UPDATE breach_flags SET state = 'STANDS', confirmed_by = ${by.personId},
             confirmed_by_account = ${by.accountId}, confirmed_at = ${at}, until_on = ${untilOn}, over_on = ${untilOn}
      WHERE id = ${id} AND state = 'HEARING' AND heard_at IS NOT NULL`;
  }

  async drop(
    tx: Tx,
    id: string,
    { by, at, today, endSealed }: Act & { today: Day; endSealed: string },
  ): Promise<void> {
    await tx.changeOne(() => new BreachDecided())`
      UPDATE breach_flags SET state = 'DROPPED', ended_by = ${by.personId}, ended_at = ${at},
             end_sealed = ${endSealed}, over_on = ${today}, open_key = NULL
      WHERE id = ${id} AND state = 'HEARING'`;
  }

  /** An appeal made meanwhile is to be seen first: a new unit closes it as well. */
  async lift(tx: Tx, id: string, { by, at, today, endSealed, appealId }: Lifting): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('The flag is not as it was'))`
      UPDATE breach_flags SET state = 'LIFTED', ended_by = ${by.personId}, ended_at = ${at},
             end_sealed = ${endSealed}, over_on = ${today},
             open_key = CASE ground_kind WHEN 'PLEDGE' THEN NULL ELSE open_key END
      WHERE id = ${id} AND state = 'STANDS' AND until_on >= ${today} AND COALESCE(appeal_id, '') = ${appealId ?? ''}`;
  }

  /** By an appeal: it should not have been. One that ran out meanwhile keeps its last day. */
  async overturn(tx: Tx, id: string, { by, at, today }: Act & { today: Day }): Promise<void> {
    await tx.changeOne(() => new BreachOver())`
      UPDATE breach_flags SET state = 'OVERTURNED', ended_by = ${by.personId}, ended_at = ${at},
             over_on = CASE WHEN until_on < ${today} THEN until_on ELSE ${today} END,
             open_key = CASE ground_kind WHEN 'PLEDGE' THEN NULL ELSE open_key END
      WHERE id = ${id} AND state = 'STANDS'`;
  }

  /** Against a flag that stands and is changed by it: whoever lifts it at the same moment comes before or after. */
  async insertAppeal(tx: Tx, appeal: BreachAppeal, today: Day): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('The flag is not as it was'))`
      UPDATE breach_flags SET appeal_id = ${appeal.id}
      WHERE id = ${appeal.flagId} AND state = 'STANDS' AND until_on >= ${today} AND appeal_id IS NULL`;
    try {
      await tx.insert(BreachAppeal, appeal);
    } catch (error) {
      throw breaksUnique(error, ONE_APPEAL) ? new AlreadyAppealed() : error;
    }
  }

  async waitingAppeal(tx: Tx, flagId: string): Promise<BreachAppeal | null> {
    return tx.rows.findOneBy(BreachAppeal, { flagId, state: 'WAITING' });
  }

  /** What a ground brought that is not over. */
  async openOf(tx: Tx, groundId: string): Promise<BreachFlag | null> {
    const found = await tx.rows.findOneBy(BreachFlag, { openKey: groundId });
    return found && (found.state === 'HEARING' || found.state === 'STANDS') ? found : null;
  }

  /** For whoever answers it; to anybody else it is not there. */
  async getAppeal(tx: Tx, deciderSocietyId: string, id: string): Promise<BreachAppeal> {
    const found = await tx.rows.findOneBy(BreachAppeal, { deciderSocietyId, id });
    if (!found) throw new AppealNotFound();
    return found;
  }

  async decide(
    tx: Tx,
    id: string,
    { by, at, outcome, answerSealed }: Act & { outcome: AppealOutcome; answerSealed: string },
  ): Promise<void> {
    await tx.changeOne(() => new AppealDecided())`
      UPDATE breach_appeals SET state = ${outcome}, decided_by = ${by.personId},
             decided_by_account = ${by.accountId}, decided_at = ${at}, answer_sealed = ${answerSealed}
      WHERE id = ${id} AND state = 'WAITING'`;
  }

  /** With its appeal, once it has been over for long enough. How many flags went. */
  async forget(tx: Tx, id: string, lastDay: Day): Promise<number> {
    await tx.change`
      DELETE FROM breach_appeals WHERE flag_id = ${id} AND state <> 'WAITING'
        AND EXISTS (SELECT 1 FROM breach_flags f WHERE f.id = ${id} AND f.over_on <= ${lastDay})`;
    return tx.change`
      DELETE FROM breach_flags WHERE id = ${id} AND over_on <= ${lastDay}
        AND NOT EXISTS (SELECT 1 FROM breach_appeals a WHERE a.flag_id = ${id})`;
  }
}
