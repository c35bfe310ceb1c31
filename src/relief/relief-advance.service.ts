import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { windowKeyOf } from '../funds/domain/rule.js';
import { CapsService, FundsQueries } from '../funds/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { LedgerService } from '../ledger/index.js';
import { InstitutionsQueries } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import { checkAdvance } from './domain/parts.js';
import {
  AdvanceNotAllowed,
  FamilyAccountMissing,
  SignedAlready,
  SignerIsTheOther,
  StatementNeeded,
} from './domain/relief.errors.js';
import { claimOf, signerOf } from './relief-decision.service.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefMoney } from './relief-money.js';
import type { ReliefAdvance } from './relief-parts.entity.js';
import { purseOf } from './relief-purse.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

export type AdvanceTyped = {
  readonly reliefId: string;
  readonly amountFen: Fen;
  /** The hospital; null for the family. */
  readonly institutionId: string | null;
  /** What the hospital says it needs at once. */
  readonly statement: Buffer | null;
};
export type AdvanceSigned = { readonly reliefId: string; readonly ordered: boolean };

/**
 * Lives hang on it: a part of what the panel has carried is paid while the notice still hangs. The hospital's statement,
 * the chair and the supervisor; never more than the share of the rule, once a case, and it counts to the cap (domain.md 2.2).
 */
@Injectable()
export class ReliefAdvanceService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly ground: ReliefGround,
    private readonly money: ReliefMoney,
    private readonly seals: ReliefSeals,
    private readonly funds: FundsQueries,
    private readonly institutions: InstitutionsQueries,
    private readonly caps: CapsService,
    private readonly ledger: LedgerService,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async askAdvance(caller: Caller, typed: AdvanceTyped): Promise<{ reliefId: string }> {
    const { reliefId, amountFen, institutionId } = typed;
    const { actor } = caller;
    const known = await this.ground.atTheDesk(actor, reliefId);
    if (institutionId !== null) await this.institutions.institution(known.societyId, institutionId);
    if (!typed.statement) throw new StatementNeeded();
    const statement = await this.files.prepareImage(typed.statement);
    const body = { reliefId, amountFen, institutionId, statement: statement.sha256 };
    return this.commands.run(caller, { act: 'askAdvance', body }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      if (row.state !== 'PRE_NOTICE' || (await this.store.advanceOf(tx, reliefId)))
        throw new AdvanceNotAllowed();
      checkAdvance(this.seals.frozenOf(row).rule, row.grantFen ?? fen(0), amountFen);
      if (institutionId === null && row.accountId === null) throw new FamilyAccountMissing();
      const to = { societyId: row.societyId, purpose: 'relief-statement', by: actor };
      await this.store.insertAdvance(tx, {
        ...{ id: this.ids.next(), reliefId, amountFen, institutionId },
        ...{ askedAt: this.clock.now(), askedBy: actor.personId },
        ...{ chairId: null, chairAt: null, supervisorId: null, supervisorAt: null },
        fileId: await this.files.attach(tx, statement, to),
      });
      await this.store.change(tx, row, {});
      const words = `申请先行拨付 ${yuanText(amountFen)} 元`;
      trail.on('relief', reliefId, { threadId: reliefId, after: body, words });
      return { reliefId };
    });
  }

  /** The chair or deputy, and the supervisor: with the second of them it is ordered. */
  async signAdvance(caller: Caller, { reliefId }: { readonly reliefId: string }): Promise<AdvanceSigned> {
    const { actor } = caller;
    const signer = signerOf(actor);
    const known = await this.ground.atTheDesk(actor, reliefId);
    const purse = purseOf(await this.funds.fund(known.societyId, known.nodeId));
    return this.commands.run(caller, { act: 'signAdvance', body: { reliefId } }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const advance = await this.store.advanceOf(tx, reliefId);
      if (row.state !== 'PRE_NOTICE' || !advance) throw new AdvanceNotAllowed();
      const as = actor.roles.includes('supervisor') ? 'supervisor' : 'chair';
      checkSigner(advance, as, signer);
      // Since it was asked for, another panel may have made the grant smaller.
      checkAdvance(this.seals.frozenOf(row).rule, row.grantFen ?? fen(0), advance.amountFen);
      await this.store.signAdvance(tx, advance.id, as, signer);
      const other = as === 'chair' ? advance.supervisorId : advance.chairId;
      const words = `同意先行拨付 ${yuanText(advance.amountFen)} 元`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { as }, words });
      if (other === null) {
        await this.store.change(tx, row, {});
        return { reliefId, ordered: false };
      }
      const approverId = as === 'chair' ? signer : other;
      await this.order(tx, row, advance, { purse, approverId });
      return { reliefId, ordered: true };
    });
  }

  /** What was promised in one becomes two: what is paid at once, and the rest that waits for the notice. */
  private async order(
    tx: Tx,
    row: ReliefRow,
    { amountFen, institutionId }: ReliefAdvance,
    { purse, approverId }: { purse: ReturnType<typeof purseOf>; approverId: string },
  ): Promise<void> {
    const at = this.clock.now();
    const frozen = this.seals.frozenOf(row);
    const whole = claimOf(row);
    const [first, rest] = [`${whole}:a`, `${whole}:r`];
    const restFen = fen((row.grantFen ?? 0) - row.advancedFen - amountFen);
    await this.caps.split(tx, whole, [
      { purpose: first, amountFen },
      { purpose: rest, amountFen: restFen },
    ]);
    await this.caps.spend(tx, first, windowKeyOf(frozen.rule.capWindow, row.cause, dayOf(at)));
    await this.ledger.release(tx, { purpose: whole });
    const { societyId, id: threadId } = row;
    await this.ledger.reserve(tx, { societyId, purse, purpose: rest, amountFen: restFen, threadId });
    const plan = [{ amountFen, institutionId }];
    await this.money.order(tx, row, frozen, plan, { kind: 'ADVANCE', purse, claim: first, approverId, at });
    await this.store.change(tx, row, { claim: rest, advancedFen: amountFen, plan: null });
  }
}

function checkSigner(advance: ReliefAdvance, as: 'chair' | 'supervisor', signer: string): void {
  if ((as === 'chair' ? advance.chairId : advance.supervisorId) !== null) throw new SignedAlready();
  const others = [advance.askedBy, as === 'chair' ? advance.supervisorId : advance.chairId];
  if (others.includes(signer)) throw new SignerIsTheOther();
}
