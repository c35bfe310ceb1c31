import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { RoundsService } from '../board/index.js';
import type { Recusal } from '../board/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { OfficesQueries } from '../offices/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { stepFor } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { recusalsOf } from './domain/recusals.js';
import { NobodyWasRight, NothingToWriteOff, WRITE_OFF_WORDS } from './domain/write-off.js';
import type { WriteOffReason } from './domain/write-off.js';
import { WriteOffsQueries } from './write-offs.queries.js';
import { WriteOffsStore } from './write-offs.store.js';

/** Under this kind the board knows the motion to give up what can't be got back. */
export const WRITE_OFF = 'write-off';

export type WriteOffTyped = {
  readonly recoveryId: string;
  readonly reason: WriteOffReason;
  readonly recusals: readonly Recusal[];
};

export type WriteOffOpened = { readonly writeOffId: string; readonly roundId: string };

/** Asks the board of the town union to give up what a village can't get back (domain.md 2.1, WRITTEN_OFF). */
@Injectable()
export class WriteOffsService {
  constructor(
    private readonly commands: Commands,
    private readonly cases: CasesStore,
    private readonly writeOffs: WriteOffsStore,
    private readonly queries: WriteOffsQueries,
    private readonly rounds: RoundsService,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async ask(caller: Caller, typed: WriteOffTyped): Promise<WriteOffOpened> {
    const { actor } = caller;
    const unionId = societyOf(actor);
    const { recoveryId, reason } = typed;
    const owed = await this.queries.below(unionId, recoveryId);
    const today = dayOf(this.clock.now());
    const charter = await this.societies.charterOn(unionId, today);
    const directors = await this.offices.directorsOn(unionId, today);
    const { name: societyName } = await this.societies.society(unionId);
    // The debtor stands in the register of the village alone: who is tied to him here, only the directors can say.
    const recusals = recusalsOf(directors, '', new Map(), typed.recusals);
    return this.commands.run(caller, { act: 'askWriteOff', body: typed }, async (tx, trail) => {
      // Not sooner: asked again after the board has decided, it is answered as before.
      if (owed.outstandingFen === 0) throw new NothingToWriteOff();
      const row = await this.cases.get(tx, owed.societyId, owed.caseId);
      stepFor('writeOff', row);
      if (reason === 'UPHELD' && !(await this.writeOffs.isObjected(tx, row.id))) throw new NobodyWasRight();
      const at = this.clock.now();
      const writeOffId = this.ids.next();
      await this.writeOffs.insert(tx, {
        ...{ id: writeOffId, caseId: row.id, recoveryId, societyId: row.societyId, unionId, reason },
        issuer: JSON.stringify({ societyName, charter, belowName: owed.societyName }),
        state: 'OPEN',
        openedAt: at,
        openedBy: actor.personId,
        endedAt: null,
        openKey: recoveryId,
      });
      const about = `${owed.societyName}案号 ${owed.caseNumber}`;
      const { roundId } = await this.rounds.open(tx, trail, {
        ...{ societyId: unionId, societyName, charter, recusals, at },
        subjectKind: WRITE_OFF,
        subjectId: writeOffId,
        threadId: writeOffId,
        revision: hashOf({ writeOffId, reason }),
        motion: `核销${about}没有追回的 ${yuanText(owed.outstandingFen)} 元；原因：${WRITE_OFF_WORDS[reason]}`,
        amountFen: fen(0),
        electors: directors,
        openedBy: actor.personId,
      });
      trail.on('write-off', writeOffId, {
        threadId: writeOffId,
        after: { recoveryId, reason, recusals },
        words: `请理事表决核销：${about}，${WRITE_OFF_WORDS[reason]}`,
      });
      return { writeOffId, roundId };
    });
  }
}
