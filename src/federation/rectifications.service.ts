import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Files } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import { DeskSeals } from './desk.seals.js';
import { FINDING_WORDS } from './domain/findings.js';
import { FindingsStore } from './findings.store.js';

export type AnswerTyped = {
  readonly rectificationId: string;
  readonly words: string;
  readonly photo: Buffer | null;
};

/** What the society says it has put right, or why its board does not revoke: with it the desk looks again. */
@Injectable()
export class RectificationsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: FindingsStore,
    private readonly duties: DutiesService,
    private readonly seals: DeskSeals,
    private readonly files: Files,
    private readonly clock: Clock,
  ) {}

  async answer(caller: Caller, typed: AnswerTyped): Promise<{ rectificationId: string }> {
    const { actor } = caller;
    const { rectificationId: id, words } = typed;
    const societyId = societyOf(actor);
    const photo = typed.photo === null ? null : await this.files.prepareImage(typed.photo);
    const body = { id, words, photo: photo?.sha256 ?? null };
    return this.commands.run(caller, { act: 'answerRectification', body }, async (tx, trail) => {
      const at = this.clock.now();
      const row = await this.store.outcome(tx, societyId, id);
      const to = { societyId, purpose: 'rectification-photo', by: actor };
      await this.store.answer(tx, row, {
        ...{ at, by: actor.personId },
        sealed: this.seals.seal('answer', id, words),
        fileId: photo === null ? null : await this.files.attach(tx, photo, to),
      });
      const kind = row.kind === 'RECTIFY' ? 'RECTIFY' : 'REVOKE_GRANT';
      await this.duties.settle(tx, { kind, subjectId: id, at, byPersonId: actor.personId });
      trail.on('rectification', id, {
        threadId: row.caseId,
        after: { words, photo: photo?.sha256 ?? null },
        words: `答复总会意见：${FINDING_WORDS[row.kind]}`,
      });
      return { rectificationId: id };
    });
  }
}
