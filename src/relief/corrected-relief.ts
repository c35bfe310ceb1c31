import { Injectable } from '@nestjs/common';
import { maskName } from '../kernel/chinese/name-mask.js';
import { PersonCorrectionsService, placedGroup } from '../people/index.js';
import type { PersonCorrected, PersonListener } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { SocietiesService } from '../societies/index.js';
import { ReliefPapersMade } from './relief-papers-made.js';
import { ReliefSeals } from './relief.seals.js';
import type { ReliefFrozen } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

/**
 * The register of the home was put right, and that of the federation follows: the notices that hang stay as they were
 * signed, and their pages offer the correction; what nobody has signed, and what is to come, says it as it is.
 */
@Injectable()
export class CorrectedRelief implements PersonListener {
  constructor(
    private readonly store: ReliefStore,
    private readonly seals: ReliefSeals,
    private readonly papers: ReliefPapersMade,
    private readonly register: PersonCorrectionsService,
    private readonly societies: SocietiesService,
  ) {}

  async corrected(tx: Tx, corrected: PersonCorrected): Promise<void> {
    const { societyId, personIds, wardIds } = corrected;
    const rows = await this.store.about(tx, societyId, [...personIds, ...wardIds]);
    if (rows.length === 0) return;
    const places = await this.societies.placeNames(tx, societyId);
    const copies = rows.filter((row) => row.societyId !== societyId);
    await this.register.follow(
      tx,
      copies.map((row) => ({
        ...{ societyId: row.societyId, personId: row.applicantId },
        as: personIds.includes(row.originPersonId) ? 'SELF' : 'GUARDIAN',
      })),
      corrected,
      places,
    );
    for (const row of rows) {
      if (row.frozenSealed === null) continue;
      const isOwn = row.societyId === societyId;
      const about = { personId: isOwn ? row.applicantId : row.originPersonId, isOwn };
      const frozen = correctedIn(this.seals.frozenOf(row), about, corrected, places);
      const frozenSealed = this.seals.sealFrozen(row.id, frozen);
      await this.papers.reword(tx, await this.store.change(tx, row, { frozenSealed }), frozen);
    }
  }
}

/**
 * By who it is, the applicant or the guardian, as the register that was put right knows the applicant. What another register
 * calls otherwise stays. A child is printed by the guardian. The name of before must not get out either.
 */
function correctedIn(
  frozen: ReliefFrozen,
  { personId, isOwn }: { readonly personId: string; readonly isOwn: boolean },
  { personIds, wardIds, field, before, after }: PersonCorrected,
  places: readonly string[],
): ReliefFrozen {
  if (field === 'GROUP')
    return { ...frozen, group: placedGroup(frozen.group, { before, after }, places) ?? frozen.group };
  const names = [...new Set([...frozen.names, after])];
  const isApplicant = personIds.includes(personId);
  if (isApplicant && (isOwn || frozen.applicantName === before))
    return {
      ...frozen,
      names,
      applicantName: after,
      printedName: frozen.guardianName === null ? maskName(after) : frozen.printedName,
    };
  const isGuardian = wardIds.includes(personId) && frozen.guardianName === before;
  return isGuardian
    ? { ...frozen, names, guardianName: after, printedName: maskName(after) }
    : { ...frozen, names };
}
