import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService, lastDayOf } from '../duties/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { refuseNothing } from '../ledger/domain/ledger.errors.js';
import { MoneyBackService } from '../ledger/index.js';
import type { Booked } from '../ledger/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import { MomentWrong, PaymentNotOut, PhotoNeeded } from './domain/payment.errors.js';
import { momentFault } from './domain/payment-rules.js';
import { AlreadyDemanded, DemandOverPaid } from './domain/recovery.errors.js';
import { outstandingOf } from './domain/recovery-rules.js';
import { PaymentRights, personOf } from './payment-rights.js';
import { PaymentSubjects } from './payment-subjects.js';
import { PaymentsStore } from './payments.store.js';
import type { Subject } from './payments.store.js';
import { RecoveriesQueries } from './recoveries.queries.js';
import { RecoveriesStore } from './recoveries.store.js';

export type DemandDraft = Subject & {
  /** Who owes it: a person of the register, or the institution that was paid. */
  readonly payerId: string;
  /** At most what was paid. */
  readonly amountFen: Fen;
  readonly at: Date;
};

export type Demanded = Booked & { readonly recoveryId: string; readonly dueOn: string };

export type InstalmentTyped = {
  readonly recoveryId: string;
  readonly amountFen: Fen;
  readonly receivedAt?: Date | undefined;
  readonly bankReference?: string | undefined;
  /** The bank's slip. */
  readonly photo: Buffer | null;
};

/** Pay back within a month of being asked (domain.md 2.1). */
const DAYS_TO_PAY_BACK = 30;

/** What is owed back of a grant that was revoked (Charity Law 60): demanded, paid back in parts, or written off. */
@Injectable()
export class RecoveriesService {
  constructor(
    private readonly store: RecoveriesStore,
    private readonly orders: PaymentsStore,
    private readonly queries: RecoveriesQueries,
    private readonly subjects: PaymentSubjects,
    private readonly ledger: MoneyBackService,
    private readonly duties: DutiesService,
    private readonly rights: PaymentRights,
    private readonly files: Files,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Demands back what was paid, or a part of it: a step of the unit of work that revokes it (D4-41). */
  async demand(tx: Tx, { payerId, amountFen, at, ...subject }: DemandDraft): Promise<Demanded> {
    refuseNothing(amountFen);
    const order = await this.orders.getOf(tx, subject);
    if (order.state !== 'PAID') throw new PaymentNotOut();
    if (await this.store.findOfOrder(tx, order.id)) throw new AlreadyDemanded();
    if (amountFen > order.amountFen) throw new DemandOverPaid(amountFen, order.amountFen);
    await this.orders.claim(tx, order, 'PAID');
    const recoveryId = this.ids.next();
    const { societyId, threadId, caseNumber } = order;
    const booked = await this.ledger.demand(tx, {
      societyId,
      threadId,
      orderId: order.id,
      cause: `demand:${recoveryId}`,
      amountFen,
      costOn: order.orderedAt,
      at,
      summary: `要求退回救助款 ${caseNumber}`,
    });
    const { dueAt } = await this.duties.open(tx, {
      societyId,
      kind: 'RECOVER',
      subjectKind: 'recovery',
      subjectId: recoveryId,
      threadId,
      ownerRole: 'secretary',
      rule: { unit: 'natural-days', count: DAYS_TO_PAY_BACK, from: at },
    });
    const dueOn = lastDayOf(dueAt);
    await this.store.insert(tx, {
      ...subject,
      id: recoveryId,
      societyId,
      threadId,
      orderId: order.id,
      caseNumber,
      payerId,
      demandedFen: amountFen,
      recoveredFen: fen(0),
      writtenOffFen: fen(0),
      recoveredLateFen: fen(0),
      writtenOffOn: null,
      state: 'OPEN',
      demandedAt: at,
      dueOn,
      version: 1,
      voucherId: booked.voucherId,
      writeOffVoucherId: null,
    });
    return { recoveryId, dueOn, ...booked };
  }

  /**
   * Money that came back, in one part or several: free in the same fund, and in the lots that it was taken from (D4-72).
   * What comes after the rest was written off is taken all the same: the demand has ended, the debt of honour has not.
   */
  async recordInstalment(caller: Caller, typed: InstalmentTyped): Promise<Booked> {
    refuseNothing(typed.amountFen);
    const known = await this.queries.recovery(societyOf(caller.actor), typed.recoveryId);
    const cashierId = personOf(await this.rights.toReceive(caller.actor, known));
    const receivedAt = typed.receivedAt ?? this.clock.now();
    const fault = momentFault(receivedAt, known.demandedAt, this.clock.now());
    if (fault) throw new MomentWrong('receivedAt', fault);
    if (!typed.photo) throw new PhotoNeeded('CARD');
    const photo = await this.files.prepareImage(typed.photo);
    const reference = typed.bankReference?.trim() ?? '';
    const bankReference = reference === '' ? null : reference;
    const body = { ...typed, photo: photo.sha256, receivedAt: typed.receivedAt?.toISOString() ?? null };
    return this.commands.run(caller, { act: 'recordInstalment', body }, async (tx, trail) => {
      const { amountFen } = typed;
      const recovery = await this.store.get(tx, known.societyId, known.id);
      const { writtenOffOn } = recovery;
      await (writtenOffOn === null
        ? this.store.payBack(tx, recovery, amountFen)
        : this.store.payBackLate(tx, recovery, amountFen));
      const { id: recoveryId, societyId, threadId, orderId, subjectId, caseNumber } = recovery;
      const to = { societyId, purpose: 'recovery-instalment', by: caller.actor };
      const photoFileId = await this.files.attach(tx, photo, to);
      const booked = await this.ledger.receiveInstalment(tx, {
        societyId,
        threadId,
        orderId,
        cause: `instalment:${recoveryId}:${this.ids.next()}`,
        amountFen,
        at: receivedAt,
        writtenOffOn,
        summary: `${writtenOffOn === null ? '收到退回的救助款' : '收到已核销的救助款'} ${caseNumber}`,
      });
      await this.store.insertInstalment(tx, {
        societyId,
        recoveryId,
        amountFen,
        receivedAt,
        bankReference,
        photoFileId,
        voucherId: booked.voucherId,
        recordedBy: cashierId,
        recordedAt: this.clock.now(),
      });
      const isLate = writtenOffOn !== null;
      const outstandingFen = isLate ? fen(0) : fen(outstandingOf(recovery) - amountFen);
      if (!isLate && outstandingFen === 0)
        await this.duties.settle(tx, {
          kind: 'RECOVER',
          subjectId: recoveryId,
          at: receivedAt,
          byPersonId: cashierId,
        });
      const { voucherNumber } = booked;
      const back = { recoveryId, orderId, subjectId, threadId, amountFen, outstandingFen, receivedAt };
      await this.subjects.of(recovery.subjectKind).recovered(tx, { ...back, voucherNumber, cashierId });
      const rest = isLate ? '核销以后收回' : `还欠 ${yuanText(outstandingFen)} 元`;
      const words = `记还款 ${yuanText(amountFen)} 元，${rest}`;
      trail.on('recovery', recoveryId, { threadId, after: { ...back, ...booked }, words });
      return booked;
    });
  }

  /**
   * Gives up what will not come back: a step of the unit of work that decides so. Nothing comes into the fund, so that
   * no lot and no limit of the household is restored (domain.md 3, rule 13).
   */
  async writeOff(
    tx: Tx,
    {
      recoveryId,
      societyId,
      at,
    }: { readonly recoveryId: string; readonly societyId: string; readonly at: Date },
  ): Promise<Booked & { readonly writtenOffFen: Fen }> {
    const recovery = await this.store.get(tx, societyId, recoveryId);
    const writtenOffFen = outstandingOf(recovery);
    await this.store.claim(tx, recovery);
    const booked = await this.ledger.writeOff(tx, {
      societyId,
      threadId: recovery.threadId,
      orderId: recovery.orderId,
      cause: `write-off:${recoveryId}`,
      amountFen: writtenOffFen,
      at,
      summary: `核销追不回的救助款 ${recovery.caseNumber}`,
    });
    await this.store.writeOff(tx, recovery, booked.voucherId, dayOf(at));
    await this.duties.cancel(tx, { subjectId: recoveryId });
    return { ...booked, writtenOffFen };
  }
}
