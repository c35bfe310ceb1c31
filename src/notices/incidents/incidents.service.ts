import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/transactions.js';
import { Files } from '../../platform/files/files.js';
import { societyOf } from '../../platform/web/caller.js';
import { INCIDENT_WORDS, momentFault, NOTE_WORDS, REISSUE_WORKING_DAYS } from '../domain/incident.js';
import { TAKE_DOWN_HOURS } from '../domain/incident.js';
import type { IncidentKind, NoteKind, NoticedWay } from '../domain/incident.js';
import { MomentWrong, NothingToTakeDown, NotTakenDown } from '../domain/incident.errors.js';
import { NoticeJustMoved } from '../domain/notices.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { NoticesStore } from '../notices.store.js';
import { IncidentsReach } from './incidents-reach.js';
import { IncidentsQueries } from './incidents.queries.js';
import type { Incident } from './incidents.queries.js';
import { IncidentsStore } from './incidents.store.js';

export type Suspension = {
  readonly noticeId: string;
  readonly kind: IncidentKind;
  readonly way: NoticedWay;
  readonly noticedAt: Date;
};
export type PaperDown = {
  readonly noticeId: string;
  readonly downAt: Date;
  readonly places: number;
  readonly photo: Buffer | null;
};
export type IncidentNote = { readonly noticeId: string; readonly kind: NoteKind; readonly at: Date };

/** What came down: the notice, and the corrections that quoted it. */
export type TakenDown = { readonly noticeIds: readonly string[] };

/** A notice shows too much of somebody: it comes down at once, everywhere, and all that was done about it is kept. */
@Injectable()
export class IncidentsService {
  constructor(
    private readonly store: IncidentsStore,
    private readonly notices: NoticesStore,
    private readonly queries: NoticesQueries,
    private readonly incidents: IncidentsQueries,
    private readonly reach: IncidentsReach,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * From the commit on nobody outside the office reads it any more, nor the corrections that quote it. The paper on the wall
   * is owed within two hours of the moment when it was noticed, and another notice in its place within days.
   */
  async suspend(caller: Caller, asked: Suspension): Promise<TakenDown> {
    const { noticeId, kind, noticedAt } = asked;
    const notice = await this.reach.notice(caller.actor, noticeId);
    const at = this.clock.now();
    return this.commands.run(caller, { act: 'suspendNotice', body: asked }, async (tx, trail) => {
      if (notice.issue === null) throw new NothingToTakeDown('draft');
      const fault = momentFault(noticedAt, notice.issue.signedAt, at);
      if (fault) throw new MomentWrong(fault);
      const incidentId = await this.takeDown(tx, caller, notice, { ...asked, at, becauseOf: null });
      const noticeIds = [noticeId];
      for (const quoting of await this.store.quoting(tx, noticeId)) {
        if (quoting.state === 'DRAFT') await this.discard(tx, quoting.id, at);
        if (quoting.state === 'DRAFT' || quoting.state === 'DISCARDED' || quoting.state === 'SUSPENDED')
          continue;
        await this.takeDown(
          tx,
          caller,
          { ...notice, id: quoting.id },
          { ...asked, at, becauseOf: incidentId },
        );
        noticeIds.push(quoting.id);
      }
      await this.oweReissue(tx, notice, at);
      const words = `撤下公示 ${notice.issue.number}：${INCIDENT_WORDS[kind]}`;
      trail.on('notice', noticeId, { threadId: notice.threadId, after: { kind, noticedAt, at }, words });
      return { noticeIds };
    });
  }

  /** The paper is off its wall: when, and from how many places. A photo of the empty wall may go with it. */
  async recordPaperDown(caller: Caller, asked: PaperDown): Promise<{ incidentId: string }> {
    const { noticeId, downAt, places } = asked;
    const { actor } = caller;
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    const photo = asked.photo && (await this.files.prepareImage(asked.photo));
    const now = this.clock.now();
    const body = { noticeId, downAt, places, photo: photo?.sha256 ?? null };
    return this.commands.run(caller, { act: 'recordPaperDown', body }, async (tx, trail) => {
      const { id: incidentId } = await this.incidentOf(tx, notice);
      const fault = notice.postedAt === null ? 'too-early' : momentFault(downAt, notice.postedAt, now);
      if (fault) throw new MomentWrong(fault);
      const { societyId } = notice;
      const fileId =
        photo && (await this.files.attach(tx, photo, { societyId, purpose: 'posting-photo', by: actor }));
      const row = { id: this.ids.next(), incidentId, downAt, places, fileId };
      await this.store.insertPaperDown(tx, { ...row, recordedBy: actor.personId, recordedAt: now });
      const settled = { kind: 'TAKE_DOWN_PAPER', subjectId: noticeId, at: downAt } as const;
      await this.duties.settle(tx, { ...settled, byPersonId: actor.personId });
      const words = `公示纸已从 ${places} 处撤下`;
      trail.on('notice', noticeId, { threadId: notice.threadId, after: { downAt, places }, words });
      return { incidentId };
    });
  }

  /** Who was told of it, or why nobody need be (PIPL art. 57). Each once. */
  async note(caller: Caller, asked: IncidentNote): Promise<{ incidentId: string }> {
    const { noticeId, kind, at } = asked;
    const { actor } = caller;
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    const now = this.clock.now();
    return this.commands.run(caller, { act: 'noteIncident', body: asked }, async (tx, trail) => {
      const { id: incidentId, noticedAt } = await this.incidentOf(tx, notice);
      const fault = momentFault(at, noticedAt, now);
      if (fault) throw new MomentWrong(fault);
      const by = { recordedBy: actor.personId, recordedAt: now };
      await this.store.insertNote(tx, { id: this.ids.next(), incidentId, kind, at, ...by });
      const { threadId } = notice;
      trail.on('notice', noticeId, { threadId, after: { kind, at }, words: NOTE_WORDS[kind] });
      return { incidentId };
    });
  }

  /** For the page of the office. */
  of(noticeId: string): Promise<Incident | null> {
    return this.incidents.ofNotice(noticeId);
  }

  private async takeDown(
    tx: Tx,
    { actor }: Caller,
    notice: Notice,
    incident: Omit<Suspension, 'noticeId'> & { readonly at: Date; readonly becauseOf: string | null },
  ): Promise<string> {
    const { id: noticeId, societyId, subjectId } = notice;
    const { kind, way, noticedAt, at, becauseOf } = incident;
    await this.suspendRow(tx, noticeId, at);
    const posted = await this.store.wasPosted(tx, noticeId);
    const cancelled = await this.duties.cancel(tx, { kind: 'POST_NOTICE', subjectId: noticeId });
    if (!posted && cancelled === 0) await this.duties.cancel(tx, { kind: 'POST_NOTICE', subjectId });
    await this.duties.cancel(tx, { subjectId: noticeId });
    const incidentId = this.ids.next();
    await this.store.insertIncident(tx, {
      ...{ id: incidentId, noticeId, societyId, becauseOf, kind, way, noticedAt },
      ...{ takenDownAt: at, takenDownBy: actor.personId, bySocietyId: societyOf(actor) },
    });
    if (posted)
      await this.duties.open(tx, {
        ...ownedBy(notice),
        kind: 'TAKE_DOWN_PAPER',
        rule: { unit: 'hours', count: TAKE_DOWN_HOURS, from: noticedAt },
      });
    return incidentId;
  }

  /** Of ten who press the button at once, nine hear that it is down. */
  private async suspendRow(tx: Tx, noticeId: string, at: Date): Promise<void> {
    try {
      await this.notices.suspend(tx, noticeId, at);
    } catch (error) {
      throw error instanceof NoticeJustMoved ? new NothingToTakeDown('done') : error;
    }
  }

  /** A correction that nobody has signed yet corrects nothing any more. */
  private async discard(tx: Tx, noticeId: string, at: Date): Promise<void> {
    await this.notices.discardOne(tx, noticeId, at);
    await this.duties.cancel(tx, { subjectId: noticeId });
  }

  /** A step. Where the period was over the village has been told: another notice may be written, and nobody owes it. */
  async oweReissue(tx: Tx, notice: Notice, from: Date): Promise<boolean> {
    if (notice.endedAt !== null || notice.kind === 'CORRECTION') return false;
    if (await this.notices.isSuperseded(tx, notice, notice.version)) return false;
    const rule = { unit: 'working-days', count: REISSUE_WORKING_DAYS, from } as const;
    await this.duties.open(tx, { ...ownedBy(notice), kind: 'REISSUE_NOTICE', rule });
    return true;
  }

  private async incidentOf(tx: Tx, { id }: Notice) {
    const incident = await this.store.incidentOf(tx, id);
    if (!incident) throw new NotTakenDown();
    return incident;
  }
}

const ownedBy = ({ societyId, id, threadId }: Notice) =>
  ({ societyId, subjectKind: 'notice', subjectId: id, threadId, ownerRole: 'secretary' }) as const;
