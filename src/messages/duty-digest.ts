import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { addDays, endOfDay } from '../kernel/day.js';
import { OfficesQueries, rolesOf } from '../offices/index.js';
import { Config } from '../platform/config.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Digest, DigestSpan } from './digests.service.js';
import { dutiesOwed, groupDuties } from './domain/event-messages.js';
import { MessagesOutbox } from './messages.outbox.js';
import { MessagesQueries } from './messages.queries.js';
import type { OwedByRole } from './messages.queries.js';

/** What everybody owes by tomorrow, or owed by now: each hears of it once in the morning, by counts alone. */
@Injectable()
export class DutyDigest implements Digest {
  readonly kind = 'duties';

  constructor(
    private readonly queries: MessagesQueries,
    private readonly offices: OfficesQueries,
    private readonly outbox: MessagesOutbox,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  next(afterId: string, { day }: DigestSpan, most: number): Promise<readonly string[]> {
    return this.queries.societiesOwing(afterId, endOfDay(addDays(day, 1)), most);
  }

  /** With the last of the societies the group is told of the sum of all. */
  async prepare(societyIds: readonly string[], { day }: DigestSpan): Promise<(tx: Tx) => Promise<void>> {
    const [now, dueBefore] = [this.clock.now(), endOfDay(addDays(day, 1))];
    if (societyIds.length === 0) {
      const sum = this.hasGroup() ? await this.queries.owedByAll(now, dueBefore) : { overdue: 0, due: 0 };
      const draft = groupDuties({ day, ...sum });
      return async (tx) => {
        if (draft) await this.outbox.tellGroup(tx, draft);
      };
    }
    const owed = await this.queries.owed(societyIds, now, dueBefore);
    const told = await Promise.all(
      societyIds.map(async (societyId) => ({
        societyId,
        owers: owersOf(
          owed.filter((each) => each.societyId === societyId),
          await this.offices.holdersOn(societyId, day),
        ),
      })),
    );
    return async (tx) => {
      for (const { societyId, owers } of told)
        for (const { personId, overdue, due } of owers) {
          const draft = dutiesOwed({ personId, day, overdue, due });
          if (draft) await this.outbox.tellPerson(tx, societyId, personId, draft);
        }
    };
  }

  private hasGroup(): boolean {
    const { groupRobot, driver } = this.config.messages;
    return groupRobot !== null || driver === 'file';
  }
}

type Holder = Awaited<ReturnType<OfficesQueries['holdersOn']>>[number];

/** Of each person in office what falls to any of the parts that the offices give. */
function owersOf(owed: readonly OwedByRole[], holders: readonly Holder[]) {
  return holders.map(({ personId, offices }) => {
    const roles = rolesOf(offices);
    const own = owed.filter(({ role }) => roles.includes(role));
    const sum = (of: (each: OwedByRole) => number) => own.reduce((total, each) => total + of(each), 0);
    return { personId, overdue: sum(({ overdue }) => overdue), due: sum(({ due }) => due) };
  });
}
