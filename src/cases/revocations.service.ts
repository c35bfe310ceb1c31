import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { RoundsService } from '../board/index.js';
import type { Recusal } from '../board/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { OfficesQueries } from '../offices/index.js';
import { PeopleQueries } from '../people/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import { CaseVeto } from './case-veto.js';
import { stepFor } from './case-steps.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { caseNumberText } from './domain/case-number.js';
import { recusalsOf } from './domain/recusals.js';
import type { Director } from './domain/recusals.js';
import { REASON_WORDS } from '../notices/domain/notice-reasons.js';
import type { RevocationReason } from '../notices/domain/notice-reasons.js';
import { demandedOf } from './domain/revocation.js';
import type { Hearing } from './domain/revocation.js';
import { RevocationsStore } from './revocations.store.js';

export const REVOCATION = 'revocation';

export type RevocationTyped = {
  readonly caseId: string;
  readonly reason: RevocationReason;
  readonly hearing: Hearing;
  /** The new amount; where it is not given, all of the grant is taken back. */
  readonly keptFen?: Fen | undefined;
  readonly findings: string | null;
  readonly recusals: readonly Recusal[];
};

export type RevocationOpened = { readonly revocationId: string; readonly roundId: string };

/**
 * Asks the board to take a paid grant back, or the part of it that was too much, once its applicant was heard (domain.md
 * 2.1, PAID → REVOKED; 2.3, upheld → revoked or a new amount).
 */
@Injectable()
export class RevocationsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: CasesStore,
    private readonly revocations: RevocationsStore,
    private readonly queries: CasesQueries,
    private readonly seals: CaseSeals,
    private readonly veto: CaseVeto,
    private readonly rounds: RoundsService,
    private readonly offices: OfficesQueries,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async askRevocation(caller: Caller, typed: RevocationTyped): Promise<RevocationOpened> {
    const { actor } = caller;
    const { keptFen = fen(0) } = typed;
    const known = await this.queries.case(societyOf(actor), typed.caseId);
    const { societyId, applicantId } = known;
    await this.veto.refuse('发起撤销', actor, known);
    const today = dayOf(this.clock.now());
    const charter = await this.societies.charterOn(societyId, today);
    const directors = await this.offices.directorsOn(societyId, today);
    const recusals = await this.recusalsOf(societyId, applicantId, directors, typed.recusals);
    const applicant = await this.people.person(societyId, applicantId);
    const { name: societyName } = await this.societies.society(societyId);
    return this.commands.run(caller, { act: 'askRevocation', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, societyId, typed.caseId);
      stepFor('revoke', row);
      demandedOf(row.amountFen, keptFen);
      const at = this.clock.now();
      const revocationId = this.ids.next();
      await this.revocations.insert(tx, {
        id: revocationId,
        caseId: row.id,
        societyId,
        reason: typed.reason,
        hearing: typed.hearing,
        keptFen,
        findingsSealed:
          typed.findings === null ? null : this.seals.sealFindings(revocationId, typed.findings),
        state: 'OPEN',
        openedAt: at,
        openedBy: actor.personId,
        endedAt: null,
        openKey: row.id,
      });
      const { roundId } = await this.rounds.open(tx, trail, {
        societyId,
        societyName,
        subjectKind: REVOCATION,
        subjectId: revocationId,
        threadId: row.id,
        revision: hashOf({ revocationId, reason: typed.reason, keptFen }),
        motion: motionOf(row, applicant.maskedName, { reason: typed.reason, keptFen }),
        amountFen: fen(0),
        charter,
        electors: directors,
        recusals,
        openedBy: actor.personId,
        at,
      });
      trail.on('case', row.id, {
        threadId: row.id,
        after: { revocationId, reason: typed.reason, hearing: typed.hearing, keptFen, recusals },
        words: `请理事表决${changeWords(keptFen)}：${REASON_WORDS[typed.reason]}`,
      });
      return { revocationId, roundId };
    });
  }

  private async recusalsOf(
    societyId: string,
    applicantId: string,
    directors: readonly Director[],
    declared: readonly Recusal[],
  ): Promise<Recusal[]> {
    const ids = directors.map(({ personId }) => personId);
    const found = await this.people.relatedAmong(societyId, applicantId, ids);
    const ties = new Map(found.map(({ personId, reasons }) => [personId, reasons]));
    return recusalsOf(directors, applicantId, ties, declared);
  }
}

function motionOf(
  row: CaseRow,
  maskedName: string,
  { reason, keptFen }: { readonly reason: RevocationReason; readonly keptFen: Fen },
): string {
  const number = `${caseNumberText(row)} 号（${maskedName}）的急难救助`;
  const back = `追回 ${yuanText(demandedOf(row.amountFen, keptFen))} 元；原因：${REASON_WORDS[reason]}`;
  if (keptFen === 0) return `撤销 ${number}，${back}`;
  return `把 ${number}由 ${yuanText(row.amountFen)} 元变更为 ${yuanText(keptFen)} 元，${back}`;
}

const changeWords = (keptFen: Fen): string =>
  keptFen === 0 ? '撤销' : `把救助金额变更为 ${yuanText(keptFen)} 元`;
