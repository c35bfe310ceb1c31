import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { AlreadyNoted, PaperAlreadyDown } from '../domain/incident.errors.js';
import type { NoticeState } from '../domain/notice-state.js';
import { NoticeGap, NoticeIncident, NoticeIncidentNote, NoticePaperDown } from './incident.entity.js';

const ONE_PAPER = { name: 'uq_notice_papers_down_incident', columns: 'notice_papers_down.incident_id' };
const ONE_NOTE = {
  name: 'uq_notice_incident_notes_kind',
  columns: 'notice_incident_notes.incident_id, notice_incident_notes.kind',
};
const ONE_PLACE = { name: 'uq_notice_gaps_place', columns: 'notice_gaps.notice_id, notice_gaps.place' };

/** A correction that quotes a notice. */
export type Quoting = { readonly id: string; readonly state: NoticeState };

/** Records of what went wrong with a notice in public. They are only ever added to. */
@Injectable()
export class IncidentsStore {
  async insertIncident(tx: Tx, incident: NoticeIncident): Promise<void> {
    await tx.insert(NoticeIncident, incident);
  }

  incidentOf(tx: Tx, noticeId: string): Promise<NoticeIncident | null> {
    return tx.rows.findOneBy(NoticeIncident, { noticeId });
  }

  /** The corrections that quote a notice, drafts among them; one that only says it is decided anew quotes nothing. */
  quoting(tx: Tx, noticeId: string): Promise<Quoting[]> {
    return tx.read<Quoting>`
      SELECT n.id AS "id", n.state AS "state" FROM notice_links l JOIN notices n ON n.id = l.notice_id
      WHERE l.earlier_id = ${noticeId} AND l.relation = 'CORRECTS' AND n.names_somebody = 1 ORDER BY n.id`;
  }

  /** Whether its paper ever hung, as this unit sees it. */
  async wasPosted(tx: Tx, noticeId: string): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM notices WHERE id = ${noticeId} AND posted_at IS NOT NULL`;
    return rows.length > 0;
  }

  async insertPaperDown(tx: Tx, paper: NoticePaperDown): Promise<void> {
    try {
      await tx.insert(NoticePaperDown, paper);
    } catch (error) {
      throw breaksUnique(error, ONE_PAPER) ? new PaperAlreadyDown() : error;
    }
  }

  async insertNote(tx: Tx, note: NoticeIncidentNote): Promise<void> {
    try {
      await tx.insert(NoticeIncidentNote, note);
    } catch (error) {
      throw breaksUnique(error, ONE_NOTE) ? new AlreadyNoted() : error;
    }
  }

  gapsOf(tx: Tx, noticeId: string): Promise<NoticeGap[]> {
    return tx.rows.find(NoticeGap, { where: { noticeId }, order: { place: 'ASC' } });
  }

  /** Somebody who writes a gap of the same notice at this moment makes this unit begin again, and then see it. */
  async insertGap(tx: Tx, gap: NoticeGap): Promise<void> {
    try {
      await tx.insert(NoticeGap, gap);
    } catch (error) {
      throw breaksUnique(error, ONE_PLACE) ? new StaleSnapshot('Another gap was written down') : error;
    }
  }
}
