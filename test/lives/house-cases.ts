import { RoundsService } from '../../src/board/index.js';
import { FastPathService } from '../../src/cases/index.js';
import type { CaseState } from '../../src/cases/domain/emergency-procedure.js';
import { NoticesService } from '../../src/notices/index.js';
import { instantOf } from '../../src/platform/database/reads.js';
import type { House } from '../support/house.js';
import type { GivenCase, Village } from '../support/village.js';
import type { Ground } from './house-acts.js';
import { HouseLife } from './house-life.js';
import type { DoneBySomebody } from './house-life.js';

const APPROVED = ['verify', 'openRound', 'approve'] as const;
const REVOKED = [...APPROVED, 'pay', 'revoke'] as const;

type Way = readonly (DoneBySomebody | 'instalment' | 'finishTracks' | 'day' | 'notice')[];

/** The shortest way to each state. */
const WAY_TO: Readonly<Record<CaseState, Way>> = {
  ACCEPTED: [],
  VERIFIED: ['verify'],
  SIGNING: ['verify', 'openFastPath'],
  VOTING: ['verify', 'openRound'],
  APPROVED,
  PAID: [...APPROVED, 'pay'],
  CLOSED: [...APPROVED, 'pay', 'finishTracks', 'notice'],
  REJECTED: ['verify', 'openRound', 'reject'],
  LAPSED: ['verify', 'openRound', 'day'],
  ESCALATED: ['verify', 'escalate'],
  REFERRED: ['refer'],
  WITHDRAWN: ['withdraw'],
  TERMINATED: ['terminate'],
  REVOKED,
  RECOVERED: [...REVOKED, 'instalment'],
  WRITTEN_OFF: [...REVOKED, 'writeOff'],
};

const AMOUNT_FEN = 100_000;

/** A new case of the village in this state, brought there by whoever has to do it. */
export async function caseAt(village: Village, town: Village, state: CaseState): Promise<GivenCase> {
  const life = await HouseLife.begin(village, town, AMOUNT_FEN, 0);
  for (const act of WAY_TO[state]) {
    if (act === 'day') await lapseTime(village.house);
    else if (act === 'notice') await noticeTime(village.house);
    else {
      const fault = await life.tryOut(act === 'finishTracks' ? { act } : { act, amountFen: AMOUNT_FEN });
      if (fault !== null) throw new Error(fault);
    }
  }
  return life.known();
}

/** A day and an hour: what was not voted on or signed in time is so no more. */
export async function lapseTime(house: House): Promise<void> {
  house.clock.advance({ hours: 25 });
  await endWhatIsDue(house);
}

export async function endWhatIsDue(house: House): Promise<void> {
  await house.get(RoundsService).closeDue(house.clock.now());
  await house.get(FastPathService).expireDue(house.clock.now());
}

/** So long that every notice which hangs has hung long enough: ten days, or until a holiday is over (民法典 203). */
export async function noticeTime(house: House): Promise<void> {
  house.clock.advance({ days: 10 });
  const [row] = await house.dataSource.query<{ last: Date | string | null }[]>(
    `SELECT MAX(ends_at) AS "last" FROM notices WHERE state = 'RUNNING'`,
  );
  const last = row?.last ? instantOf(row.last) : null;
  if (last && last > house.clock.now()) house.clock.moveTo(last);
  await house.get(NoticesService).endDue(house.clock.now());
}

/** The case, and so many rows of each kind about it, and the money of its village: as one text to compare. */
export async function caseRows({ village, made }: Ground): Promise<string> {
  const { dataSource } = village.house;
  const counted = (table: string) => `(SELECT COUNT(*) FROM ${table} t WHERE t.thread_id = c.id)`;
  const rows: unknown[] = await dataSource.query(
    `SELECT c.*, ${['rounds', 'notices', 'payment_orders', 'recoveries', 'voucher_lines'].map(counted).join(', ')},
            (SELECT COUNT(*) FROM duties d WHERE d.thread_id = c.id AND d.settled_at IS NULL AND d.cancelled_at IS NULL),
            (SELECT COUNT(*) FROM round_stances s JOIN rounds r ON r.id = s.round_id WHERE r.thread_id = c.id),
            (SELECT SUM(f.balance_fen * 1000 + f.reserved_fen) FROM fund_balances f JOIN books b ON b.id = f.book_id
             WHERE b.society_id = c.society_id)
     FROM cases c WHERE c.id = ?`,
    [made.caseId],
  );
  return JSON.stringify(rows);
}
