import { Injectable } from '@nestjs/common';
import { maskName } from '../kernel/chinese/name-mask.js';
import { NoticesService } from '../notices/index.js';
import { placedGroup } from '../people/index.js';
import type { PersonCorrected, PersonListener } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { SocietiesService } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import type { Frozen } from './case.seals.js';
import { CasesStore } from './cases.store.js';
import { grantWordsOf } from './grant-words.js';

/**
 * The register was put right. What is signed stays as it was signed, and its page offers the correction; what nobody has
 * signed, and what is still to be drafted, says the name and the group as they are.
 */
@Injectable()
export class CorrectedPerson implements PersonListener {
  constructor(
    private readonly store: CasesStore,
    private readonly seals: CaseSeals,
    private readonly notices: NoticesService,
    private readonly societies: SocietiesService,
  ) {}

  async corrected(tx: Tx, corrected: PersonCorrected): Promise<void> {
    const { societyId } = corrected;
    await this.store.touchUnfrozen(tx, corrected);
    const places = await this.societies.placeNames(tx, societyId);
    for (const row of await this.store.frozenAbout(tx, corrected)) {
      const frozen = correctedIn(this.seals.frozenOf(row), row, corrected, places);
      await this.store.reworded(tx, row, frozen);
      if (row.paidAt === null) continue;
      const grant = { kind: 'GRANT_POST', subjectKind: 'case', subjectId: row.id } as const;
      const noticeId = await this.notices.draftOf(tx, grant);
      if (noticeId === null) continue;
      const words = grantWordsOf(row, frozen, row.paidAt);
      await this.notices.redraft(tx, { noticeId, kind: 'GRANT_POST', words });
    }
  }
}

/** Whoever it is about: the applicant, who gets the money, or a guardian. The name of before must not get out either. */
function correctedIn(
  frozen: Frozen,
  { applicantId, payeeId }: Pick<CaseRow, 'applicantId' | 'payeeId'>,
  { personIds, wardIds, field, before, after }: PersonCorrected,
  places: readonly string[],
): Frozen {
  const isApplicant = personIds.includes(applicantId);
  if (field === 'GROUP') {
    const group = isApplicant ? placedGroup(frozen.group, { before, after }, places) : null;
    return { ...frozen, group: group ?? frozen.group };
  }
  const isGuardian = wardIds.includes(applicantId) && frozen.guardianName === before; // not one of later
  return {
    ...frozen,
    applicantName: isApplicant ? after : frozen.applicantName,
    maskedName: isApplicant ? maskName(after) : frozen.maskedName,
    payeeName: personIds.includes(payeeId) ? after : frozen.payeeName,
    guardianName: isGuardian ? after : frozen.guardianName,
    names: [...new Set([...frozen.names, after])],
  };
}
