import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PeopleQueries } from '../../people/index.js';
import { Files } from '../../platform/files/files.js';
import type { KeptFile } from '../../platform/files/files.js';
import { societyOf } from '../../platform/web/caller.js';
import { MOST_TOGETHER } from '../domain/objection.js';
import { ObjectionNotFound } from '../domain/objection.errors.js';
import { LETTER_WORDS } from '../domain/objection-letters.js';
import type { LetterKind } from '../domain/objection-letters.js';
import { PhotoNotFound } from '../domain/notices.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { isInquirer, ObjectionDesk } from './objection-desk.js';
import type { DeskCandidate } from './objection-desk.js';
import { ObjectionPapers } from './objection-papers.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { Finding, Inquirer, Inquiry, ObjectionFacts } from './objections.queries.js';
import { ObjectionSeals } from './objections.seals.js';
import type { Said } from './objections.seals.js';
import { StandingService } from './standing.service.js';

export type ReadObjection = ObjectionFacts & {
  /** Null for whoever may not read it. */
  readonly said: Said | null;
};

export type ReadFinding = Finding & {
  readonly note: string;
  readonly refusal: string | null;
};

/** One objection as this actor may see it. */
export type ObjectionReadingOf = {
  readonly objection: ReadObjection;
  readonly notice: Notice;
  readonly inquiry: Inquiry | null;
  /** The others that are looked into along with it. */
  readonly together: readonly ReadObjection[];
  /** By their names, in the order of the inquiry. */
  readonly inquirers: readonly string[];
  readonly findings: readonly ReadFinding[];
  readonly isInquirer: boolean;
  readonly mayRead: boolean;
  /** Whom one may name; null for whoever does not name anybody now. */
  readonly candidates: readonly DeskCandidate[] | null;
  /** Open ones to the same notice that nobody looks into. */
  readonly joinable: readonly ObjectionFacts[];
  /** Nobody of the society or the union is free to name the two. */
  readonly nobodyAssigns: boolean;
  /** Decided anew it would be, and this actor may say that it stays as it is. */
  readonly mayLetStand: boolean;
  readonly hasReceipt: boolean;
  /** There is one, and this actor may print it and hand it over. */
  readonly hasReply: boolean;
};

/** What was said and by whom is opened here alone, for those whom it is for; each look is an act in the trail. */
@Injectable()
export class ObjectionReading {
  constructor(
    private readonly queries: ObjectionsQueries,
    private readonly notices: NoticesQueries,
    private readonly desk: ObjectionDesk,
    private readonly standing: StandingService,
    private readonly papers: ObjectionPapers,
    private readonly people: PeopleQueries,
    private readonly seals: ObjectionSeals,
    private readonly files: Files,
    private readonly commands: Commands,
  ) {}

  async read(actor: Actor, objectionId: string): Promise<ObjectionReadingOf> {
    const { objection, notice, inquiry, mayRead } = await this.open(actor, objectionId);
    const inquires = inquiry !== null && isInquirer(inquiry, actor);
    const assigns = objection.state === 'OPEN' && (await this.desk.mayAssign(actor, notice));
    const others = inquiry?.objections.filter(({ id }) => id !== objectionId) ?? [];
    const joinable = assigns && inquiry === null ? await this.joinable(objection) : [];
    if (mayRead) await this.note(actor, objection, notice, '看异议的内容和提出人');
    return {
      objection: { ...objection, said: mayRead ? await this.said(objectionId) : null },
      ...{ notice, inquiry, mayRead, joinable },
      together: await Promise.all(
        others.map(async (each) => ({ ...each, said: mayRead ? await this.said(each.id) : null })),
      ),
      inquirers: inquiry ? await Promise.all(inquiry.inquirers.map((each) => this.nameOf(each))) : [],
      findings: inquiry && mayRead ? inquiry.findings.map((each) => this.opened(each)) : [],
      isInquirer: inquires,
      candidates: assigns ? await this.desk.candidates(notice, [objection, ...joinable, ...others]) : null,
      nobodyAssigns: inquiry === null && (await this.desk.assigners(notice)).personIds.length === 0,
      mayLetStand: await this.standing.mayLetStand(actor, objection, notice),
      hasReceipt: (await this.queries.letter(objectionId, 'RECEIPT')) !== null,
      hasReply:
        (await this.queries.letter(objectionId, 'REPLY')) !== null &&
        (await this.desk.mayHandOver(actor, notice, inquiry)),
    };
  }

  /** The receipt names nobody and goes to whoever came; the answer has a full name on it. */
  async print(actor: Actor, objectionId: string, kind: LetterKind): Promise<Buffer> {
    const { objection, notice, inquiry } = await this.open(actor, objectionId);
    const mayHold = kind === 'RECEIPT' || (await this.desk.mayHandOver(actor, notice, inquiry));
    const letter = mayHold ? await this.queries.letter(objectionId, kind) : null;
    if (!letter) throw new ObjectionNotFound();
    await this.note(actor, objection, notice, `看${LETTER_WORDS[kind]}`);
    return this.papers.print(letter);
  }

  /** A photo of the letter, or of the note that takes it back: whoever wrote it may be known by the hand. */
  async photo(actor: Actor, objectionId: string, which: string): Promise<KeptFile> {
    const { objection, notice, mayRead } = await this.open(actor, objectionId);
    const { letterFileId, withdrawalFileId } = objection;
    const fileId = { letter: letterFileId, withdrawal: withdrawalFileId }[which] ?? null;
    const file = mayRead && fileId !== null ? await this.files.read(fileId) : null;
    if (!file) throw new PhotoNotFound();
    await this.note(actor, objection, notice, '看异议的照片');
    return file;
  }

  private async open(
    actor: Actor,
    objectionId: string,
  ): Promise<{ objection: ObjectionFacts; notice: Notice; inquiry: Inquiry | null; mayRead: boolean }> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const objection = await this.queries.objection(looker, objectionId);
    const notice = await this.notices.notice(objection.societyId, objection.noticeId);
    const inquiry = objection.inquiryId === null ? null : await this.queries.inquiry(objection.inquiryId);
    return { objection, notice, inquiry, mayRead: await this.desk.mayRead(actor, notice, inquiry) };
  }

  private async joinable({ id: own, noticeId }: ObjectionFacts): Promise<ObjectionFacts[]> {
    const all = await this.queries.unassigned(noticeId, MOST_TOGETHER + 1);
    return all.filter(({ id }) => id !== own).slice(0, MOST_TOGETHER);
  }

  private async said(objectionId: string): Promise<Said> {
    return this.seals.openSaid(objectionId, await this.queries.sealedSaid(objectionId));
  }

  private opened(finding: Finding): ReadFinding {
    const { id, noteSealed, refusalSealed } = finding;
    return {
      ...finding,
      note: this.seals.openFinding(id, 'note', noteSealed),
      refusal: refusalSealed === null ? null : this.seals.openFinding(id, 'refusal', refusalSealed),
    };
  }

  private async nameOf({ societyId, personId }: Inquirer): Promise<string> {
    return (await this.people.person(societyId, personId)).name;
  }

  private note(actor: Actor, { id, number }: ObjectionFacts, notice: Notice, words: string): Promise<void> {
    return this.commands.recordRead(actor, 'objection', id, {
      threadId: notice.threadId,
      words: `${words} ${number}`,
    });
  }
}
