import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DutyKind } from '../duties/index.js';
import type { Actor } from '../kernel/actor.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import { By } from '../platform/web/caller.js';
import type { Cause } from '../kernel/causes.js';
import { dormancyOf } from './domain/dormancy.js';
import type { Dormancy } from './domain/dormancy.js';
import type { HandoverReason, HandoverState } from './domain/handover.js';
import type { OverrideKind } from './domain/override.js';
import { TownDesk } from './town-desk.reading.js';
import { isLow } from './town-desk.views.js';

/** Masked names, and no story. */
type DeskJson = {
  readonly handovers: readonly {
    readonly id: string;
    readonly society: string;
    readonly caseNumber: string;
    readonly applicant: string;
    readonly cause: Cause;
    readonly reason: HandoverReason;
    readonly amountFen: Fen;
    readonly askedFen: Fen | null;
    readonly state: HandoverState;
    readonly openedAt: Date;
    readonly dueAt: Date | null;
  }[];
  readonly overrides: readonly {
    readonly id: string;
    readonly society: string;
    readonly kind: OverrideKind;
    readonly applicant: string;
    readonly cause: Cause | null;
    readonly askedAt: Date;
  }[];
  readonly overdue: readonly {
    readonly society: string;
    readonly caseNumber: string | null;
    readonly noticeNumber: string | null;
    readonly kind: DutyKind;
    readonly dueAt: Date;
  }[];
  readonly societies: readonly {
    readonly id: string;
    readonly name: string;
    readonly lastActiveOn: Day;
    readonly dormancy: Dormancy['state'];
    readonly balanceFen: Fen;
    readonly belowMinimum: boolean;
  }[];
};

@ApiTags('town')
@ApiBearerAuth()
@Controller('api/v1/town-desk')
export class TownDeskController {
  constructor(private readonly desk: TownDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listTownDesk', summary: '村里转来的、等批准的、超时的，和各村的钱和活动' })
  async listTownDesk(@By() actor: Actor): Promise<DeskJson> {
    const { now, handovers, overrides, overdue, societies } = await this.desk.desk(actor);
    return {
      handovers: handovers.map(({ handover, applicant, duty }) => {
        const { id, societyName, caseNumber, cause, reason, amountFen, askedFen, state, openedAt } = handover;
        return {
          ...{ id, society: societyName, caseNumber, applicant: applicant.maskedName, cause, reason },
          ...{ amountFen, askedFen, state, openedAt, dueAt: duty?.dueAt ?? null },
        };
      }),
      overrides: overrides.map(({ override, person }) => {
        const { id, societyName, kind, cause, askedAt } = override;
        return { id, society: societyName, kind, applicant: person.maskedName, cause, askedAt };
      }),
      overdue: overdue.map(({ societyName, ...late }) => ({ society: societyName, ...late })),
      societies: societies.map((one) => ({
        id: one.societyId,
        name: one.name,
        lastActiveOn: one.lastActiveOn,
        dormancy: dormancyOf(one.lastActiveOn, dayOf(now)).state,
        balanceFen: one.balanceFen,
        belowMinimum: isLow(one),
      })),
    };
  }
}
