import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DutiesQueries } from '../duties/index.js';
import type { Actor, Caller, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { OfficesQueries } from '../offices/index.js';
import { PeopleQueries, PeopleService } from '../people/index.js';
import { FileRefused } from '../platform/files/files.errors.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { BankAnswersService } from './bank-answers.service.js';
import {
  BankNoteNeeded,
  BankReferenceUsed,
  MomentWrong,
  PhotoNeeded,
  WitnessesNeeded,
} from './domain/payment.errors.js';
import { InstitutionsService } from './institutions.service.js';
import { PayeesQueries } from './payees.queries.js';
import { PaymentRights } from './payment-rights.js';
import type { Right } from './payment-rights.js';
import { PaymentSubjects } from './payment-subjects.js';
import {
  BankRefusalForm,
  BankReturnForm,
  PaymentForm,
  proofOf,
  refusalTyped,
  returnTyped,
} from './payments.forms.js';
import { mayKeepInstitutions } from './payments.permissions.js';
import { PaymentsQueries } from './payments.queries.js';
import type { PaymentOrder } from './payments.queries.js';
import { PaymentsService } from './payments.service.js';
import { paymentView } from './payments.views.js';
import type { PaymentFacts, PaymentView } from './payments.views.js';
import { RecoveriesQueries } from './recoveries.queries.js';

/** 记打款: what is to be paid to whom and where to, who approves and who pays it, and what the bank said. */
@Controller('s/payments')
export class PaymentsPages {
  constructor(
    private readonly payments: PaymentsService,
    private readonly answers: BankAnswersService,
    private readonly queries: PaymentsQueries,
    private readonly recoveries: RecoveriesQueries,
    private readonly payees: PayeesQueries,
    private readonly institutions: InstitutionsService,
    private readonly subjects: PaymentSubjects,
    private readonly rights: PaymentRights,
    private readonly duties: DutiesQueries,
    private readonly offices: OfficesQueries,
    private readonly people: PeopleQueries,
    private readonly secrets: PeopleService,
    private readonly clock: Clock,
  ) {}

  @Get(':orderId')
  @Render('payments/payment')
  async payment(
    @By() actor: Actor,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Query('card') card: unknown,
  ): Promise<PaymentView> {
    const facts = await this.factsOf(actor, orderId);
    const accountNumber = card === 'full' ? await this.accountNumberOf(actor, facts) : null;
    return paymentView({ ...facts, accountNumber }, {}, {});
  }

  @Post(':orderId/approval')
  async approvePayment(
    @From() caller: Caller,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.payments.approvePayment(caller, { orderId });
    void reply.redirect(`/s/payments/${orderId}`, 303);
  }

  @Post(':orderId/transfer')
  async recordPayment(
    @From() caller: Caller,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(PaymentForm, body);
    if (!form.ok) {
      await this.again(reply, caller.actor, orderId, form.typed, form.errors);
      return;
    }
    try {
      await this.payments.recordPayment(caller, proofOf(orderId, form.values, uploads.one('photo')));
    } catch (error) {
      await this.again(reply, caller.actor, orderId, form.typed, errorsByField(error));
      return;
    }
    const order = await this.queries.order(societyOf(caller.actor), orderId);
    void reply.redirect((await this.describe(order)).href, 303);
  }

  @Post(':orderId/failures')
  async recordFailedPayment(
    @From() caller: Caller,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(BankRefusalForm, body);
    if (!form.ok) {
      await this.again(reply, caller.actor, orderId, form.typed, form.errors);
      return;
    }
    try {
      await this.answers.recordFailedPayment(caller, refusalTyped(orderId, form.values));
    } catch (error) {
      await this.again(reply, caller.actor, orderId, form.typed, errorsByField(error));
      return;
    }
    void reply.redirect(`/s/payments/${orderId}`, 303);
  }

  @Post(':orderId/return')
  async recordReturnedPayment(
    @From() caller: Caller,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(BankReturnForm, body);
    if (!form.ok) {
      await this.again(reply, caller.actor, orderId, form.typed, form.errors);
      return;
    }
    try {
      const returned = returnTyped(orderId, form.values, uploads.one('photo'));
      await this.answers.recordReturnedPayment(caller, returned);
    } catch (error) {
      await this.again(reply, caller.actor, orderId, form.typed, errorsByField(error));
      return;
    }
    void reply.redirect(`/s/payments/${orderId}`, 303);
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    orderId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const view = paymentView(await this.factsOf(actor, orderId), typed, errors);
    void reply.status(422).view('payments/payment', view);
  }

  private async factsOf(actor: Actor, orderId: string): Promise<PaymentFacts> {
    const order = await this.queries.order(societyOf(actor), orderId);
    const recovery = await this.recoveries.ofOrder(order.id);
    return {
      order,
      attempts: await this.queries.attemptsOf(order.id),
      subject: await this.describe(order),
      account: await this.payees.accountOf(order),
      accountNumber: null,
      witnesses: await this.witnessesOf(order, actor),
      duties: await this.duties.ofThread(order.threadId),
      right: await this.rightOf(actor, order),
      isStopped: await this.subjects.of(order.subjectKind).isStopped(order.societyId, order.subjectId),
      recoveryId: recovery?.id ?? null,
      mayKeepInstitutions: mayKeepInstitutions(actor),
      now: this.clock.now(),
    };
  }

  /** What the order waits for is the part of the chair and the deputy, and then of the cashier. */
  private async rightOf(actor: Actor, order: PaymentOrder): Promise<Right | null> {
    const has = (...roles: readonly Role[]) => roles.some((role) => actor.roles.includes(role));
    if (order.state === 'TO_APPROVE')
      return has('chair', 'deputy') ? this.rights.toApprove(actor, order) : null;
    return has('cashier') ? this.rights.toPay(actor, order) : null;
  }

  /** The whole number is shown to whoever may pay to it, while it is to be paid; each look stands in the trail. */
  private async accountNumberOf(
    actor: Actor,
    { order, right, account }: PaymentFacts,
  ): Promise<string | null> {
    const { payeeKind, payeeAccountId, threadId } = order;
    if (!right?.may || order.state !== 'TO_PAY' || payeeAccountId === null || account?.endedAt) return null;
    const look = { reason: '打款', threadId };
    return payeeKind === 'PERSON'
      ? this.secrets.revealCard(actor, payeeAccountId, look)
      : this.institutions.revealAccount(actor, payeeAccountId, look);
  }

  /** Before: officers at hand who stand on neither side. Afterwards: the two who did. */
  private async witnessesOf(order: PaymentOrder, actor: Actor): Promise<PaymentFacts['witnesses']> {
    if (order.method === 'CARD') return [];
    if (order.state === 'TO_PAY') {
      const holders = await this.offices.holdersOn(order.societyId, dayOf(this.clock.now()));
      return holders.filter(({ personId }) => personId !== actor.personId && personId !== order.payeeId);
    }
    const persons = await this.people.persons(order.societyId, order.witnessIds);
    return persons.map(({ id, name }) => ({ personId: id, name }));
  }

  private describe({ subjectKind, subjectId, societyId }: PaymentOrder) {
    return this.subjects.of(subjectKind).describe(societyId, subjectId);
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof MomentWrong) return { [error.field]: error.message };
  if (error instanceof BankNoteNeeded) return { note: error.message };
  if (error instanceof BankReferenceUsed) return { bankReference: error.message };
  if (error instanceof PhotoNeeded || error instanceof FileRefused) return { photo: error.message };
  if (error instanceof WitnessesNeeded)
    return { [error.fault === 'two-needed' ? 'witnessOne' : 'witnessTwo']: error.message };
  throw error;
}
