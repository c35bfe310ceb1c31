import { Injectable } from '@nestjs/common';
import { BoardQueries } from '../board/index.js';
import { dayOf } from '../kernel/day.js';
import { NoticesQueries } from '../notices/index.js';
import type { NoticeKind, NoticeWords, Worded } from '../notices/index.js';
import { CaseGround } from './case-ground.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import type { Frozen } from './case.seals.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { rejectionNotice, resolutionNotice, revocationNotice } from './domain/case-notices.js';
import { caseNumberText } from './domain/case-number.js';
import type { DecisionCounts } from './domain/grant-notice.js';
import { demandedOf } from './domain/revocation.js';
import { countsOf } from './decided-case.js';
import { FastPathQueries } from './fast-path.queries.js';
import { RATIFICATION } from './fast-path.service.js';
import { grantWordsOf } from './grant-words.js';
import { RevocationsQueries } from './revocations.queries.js';
import { REVOCATION } from './revocations.service.js';

type Asked = { readonly kind: NoticeKind; readonly numberOnly: boolean };

/**
 * What a notice of a case would say today: the decision as it was made, the register and the row as they stand. Whoever
 * was published by the number of the case is named by no later paper; whoever took the consent back is named no more.
 */
@Injectable()
export class CaseWordsNow {
  constructor(
    private readonly queries: CasesQueries,
    private readonly revocations: RevocationsQueries,
    private readonly fastPaths: FastPathQueries,
    private readonly board: BoardQueries,
    private readonly notices: NoticesQueries,
    private readonly ground: CaseGround,
    private readonly seals: CaseSeals,
  ) {}

  async wordsOf(societyId: string, caseId: string, { kind, numberOnly }: Asked): Promise<Worded | null> {
    const row = await this.queries.whole(societyId, caseId);
    if (row.frozenSealed === null) return null;
    const frozen = await this.frozenNow(await this.queries.case(societyId, caseId), row, numberOnly);
    switch (kind) {
      case 'GRANT_POST':
        return row.paidAt === null ? null : { kind, words: grantWordsOf(row, frozen, row.paidAt) };
      case 'REJECTION':
        return worded(kind, await this.rejectionOf(row, frozen));
      case 'REVOCATION':
        return worded(kind, await this.revocationOf(row, frozen));
      case 'RESOLUTION':
        return worded(kind, await this.notRatifiedOf(row, frozen));
      case 'RELIEF_PRE':
      case 'RELIEF_RESULT':
      case 'DONATION_LIST':
      case 'QUARTERLY_ACCOUNTS':
      case 'ANNUAL':
      case 'CORRECTION':
        return null; // none of them is drafted about a case, or none is worded anew
    }
  }

  /** Mask, group and names of today; society and charter are those by which it was decided. */
  private async frozenNow(known: CaseFacts, row: CaseRow, numberOnly: boolean): Promise<Frozen> {
    const frozen = this.seals.frozenOf(row);
    const now = await this.ground.frozenOf(known, new Map());
    return {
      ...frozen,
      ...{ maskedName: now.maskedName, group: now.group },
      mayPrintName: !numberOnly && frozen.mayPrintName && now.mayPrintName,
      names: [...new Set([...frozen.names, ...now.names])],
    };
  }

  private async rejectionOf(row: CaseRow, frozen: Frozen): Promise<NoticeWords<'REJECTION'> | null> {
    const counts = await this.countsOf('case', row.id, 'REJECTED');
    if (!counts) return null;
    return rejectionNotice({ caseNumber: caseNumberText(row), cause: row.cause, counts, frozen });
  }

  private async revocationOf(row: CaseRow, frozen: Frozen): Promise<NoticeWords<'REVOCATION'> | null> {
    const asked = await this.revocations.ofCase(row.societyId, row.id);
    const revoked = asked.find(({ state }) => state === 'REVOKED');
    const counts = revoked && (await this.countsOf(REVOCATION, revoked.id, 'APPROVED'));
    if (!revoked || !counts) return null;
    const all = await this.notices.allOfSubject('case', row.id);
    const grant = all.find(({ kind, issue }) => kind === 'GRANT_POST' && issue !== null);
    const { mayPrintName, maskedName, group } = frozen;
    return revocationNotice({
      ...{ caseNumber: caseNumberText(row), cause: row.cause, counts, frozen, reason: revoked.reason },
      grantedFen: row.amountFen,
      demandedFen: demandedOf(row.amountFen, revoked.keptFen),
      revokes: grant?.issue?.number ?? null,
      printed: mayPrintName ? { maskedName, group, minors: 0 } : null,
    });
  }

  /** What was paid after the board had said is no part of what it said. */
  private async notRatifiedOf(row: CaseRow, frozen: Frozen): Promise<NoticeWords<'RESOLUTION'> | null> {
    const path = await this.fastPaths.latest(row.id);
    const counts = path && (await this.countsOf(RATIFICATION, path.id, 'REJECTED'));
    if (!counts) return null;
    const matter = {
      about: 'FAST_PATH_NOT_RATIFIED',
      caseNumber: caseNumberText(row),
      paidOn: row.paidAt !== null && row.paidAt <= new Date(counts.decidedAt) ? dayOf(row.paidAt) : null,
      grantedFen: row.amountFen,
    } as const;
    return resolutionNotice({ matter, counts, frozen });
  }

  private async countsOf(
    subjectKind: string,
    subjectId: string,
    state: 'APPROVED' | 'REJECTED',
  ): Promise<DecisionCounts | null> {
    const rounds = await this.board.roundsOf(subjectKind, subjectId);
    const round = rounds.find((each) => each.state === state);
    return round?.decidedAt ? countsOf({ ...round, decidedAt: round.decidedAt }) : null;
  }
}

/** The kind with its words, where there are any. */
function worded<K extends 'REJECTION' | 'REVOCATION' | 'RESOLUTION'>(
  kind: K,
  words: NoticeWords<K> | null,
): Worded | null {
  return words && ({ kind, words } as Worded);
}
