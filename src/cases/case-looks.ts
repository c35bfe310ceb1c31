import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { FileThreads } from '../audit/index.js';
import type { FileThread } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { LooksService } from '../people/index.js';
import type { LookAsked, LookAsking, Looked, LookField, LookGround, LookLine } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { DONE_STATES } from './domain/emergency-procedure.js';
import { PAPER_WORDS } from './domain/papers.js';
import { showsStory } from './domain/story-readers.js';

/** 查看完整, of the persons of a case: the case says whose and whether it is over, `people` the rest. */
@Injectable()
export class CaseLooks implements OnModuleInit {
  constructor(
    private readonly queries: CasesQueries,
    private readonly looks: LooksService,
    private readonly files: FileThreads,
  ) {}

  onModuleInit(): void {
    this.files.register('case-', (fileId) => this.ofFile(fileId));
  }

  async offered(actor: Actor, row: CaseFacts): Promise<readonly LookLine[]> {
    return this.looks.offered(actor, await this.groundOf(actor, row));
  }

  async asked(actor: Actor, row: CaseFacts, field: LookField | null): Promise<LookAsking> {
    return this.looks.asked(actor, await this.groundOf(actor, row), field);
  }

  async look(caller: Caller, caseId: string, asked: LookAsked): Promise<Looked> {
    const row = await this.queries.case(societyOf(caller.actor), caseId);
    return this.looks.look(caller, await this.groundOf(caller.actor, row), asked);
  }

  /** A look at a photo of a paper belongs to the case that the paper is of. */
  private async ofFile(fileId: string): Promise<FileThread | null> {
    const file = await this.queries.paperOfFile(fileId);
    return file && { threadId: file.caseId, words: `查看了${PAPER_WORDS[file.kind]}的照片` };
  }

  private async groundOf({ roles }: Actor, row: CaseFacts): Promise<LookGround> {
    const { id, text, state, societyId, applicantId, payeeId, payeeAccountId } = row;
    const { storySealed } = await this.queries.whole(societyId, id);
    const isShown = storySealed === null || showsStory(roles, state);
    return {
      ...{ subjectKind: 'case', subjectId: id, number: text },
      ...{ societyId, applicantId, payeeId, payeeAccountId },
      isOver: DONE_STATES.includes(state),
      story: isShown ? null : () => this.queries.story(societyId, id),
    };
  }
}
