import { Injectable } from '@nestjs/common';
import { maskName } from '../kernel/chinese/name-mask.js';
import { PersonCorrectionsService } from '../people/index.js';
import type { PersonCorrected, PersonListener } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
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
  ) {}

  async corrected(tx: Tx, corrected: PersonCorrected): Promise<void> {
    const { societyId, personIds } = corrected;
    for (const row of await this.store.about(tx, societyId, personIds)) {
      if (row.societyId !== societyId)
        await this.register.follow(tx, { societyId: row.societyId, personId: row.applicantId }, corrected);
      if (row.frozenSealed === null) continue;
      const frozen = correctedIn(this.seals.frozenOf(row), corrected);
      const frozenSealed = this.seals.sealFrozen(row.id, frozen);
      await this.papers.reword(tx, await this.store.change(tx, row, { frozenSealed }), frozen);
    }
  }
}

/** A child is printed by the guardian, whose mask is not that of this name. The name of before must not get out either. */
function correctedIn(frozen: ReliefFrozen, { field, before, after }: PersonCorrected): ReliefFrozen {
  if (field === 'GROUP')
    return frozen.group.endsWith(before)
      ? { ...frozen, group: `${frozen.group.slice(0, -before.length)}${after}` }
      : frozen;
  const isPrinted = frozen.guardianName === null && frozen.printedName === maskName(before);
  return {
    ...frozen,
    applicantName: after,
    printedName: isPrinted ? maskName(after) : frozen.printedName,
    names: [...new Set([...frozen.names, after])],
  };
}
