import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DutiesQueries } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
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
import { BankReferenceUsed, PaidAtWrong, PhotoNeeded, WitnessesNeeded } from './domain/payment.errors.js';
import { payerDecision } from './domain/payment-rules.js';
import { PaymentSubjects } from './payment-subjects.js';
import { PaymentForm, proofOf } from './payments.forms.js';
import { PaymentsQueries } from './payments.queries.js';
import type { PaymentOrder } from './payments.queries.js';
import { PaymentsService } from './payments.service.js';
import { paymentView } from './payments.views.js';
import type { PaymentFacts, PaymentView } from './payments.views.js';

/** 记打款: what is to be paid to whom and where to, and the form of the one who pays it. */
@Controller('s/payments')
export class PaymentsPages {
  constructor(
    private readonly payments: PaymentsService,
    private readonly queries: PaymentsQueries,
    private readonly subjects: PaymentSubjects,
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
    const cardNumber = card === 'full' ? await this.cardNumberOf(actor, facts) : null;
    return paymentView({ ...facts, cardNumber }, {}, {});
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
    const societyId = societyOf(actor);
    const now = this.clock.now();
    const order = await this.queries.order(societyId, orderId);
    const holders = await this.offices.holdersOn(societyId, dayOf(now));
    const own = holders.find(({ personId }) => personId === actor.personId);
    const payer = { personId: actor.personId, offices: own?.offices ?? [] };
    const duties = await this.duties.ofThread(order.threadId);
    return {
      order,
      subject: await this.describe(order),
      account: order.method === 'CARD' ? await this.payments.findAccount(order) : null,
      cardNumber: null,
      witnesses: await this.witnessesOf(order, actor, holders),
      duty: duties.find(({ kind, subjectId }) => kind === 'PAY' && subjectId === order.subjectId) ?? null,
      mayPay: payerDecision(payer, order) === 'may-pay',
      now,
    };
  }

  /** The whole number is shown to whoever may pay to it, while it is to be paid; each look stands in the trail. */
  private async cardNumberOf(actor: Actor, { order, mayPay }: PaymentFacts): Promise<string | null> {
    if (!mayPay || order.state !== 'TO_PAY' || order.payeeAccountId === null) return null;
    const look = { reason: '打款', threadId: order.threadId };
    return this.secrets.revealCard(actor, order.payeeAccountId, look);
  }

  /** Before: officers at hand who stand on neither side. Afterwards: the two who did. */
  private async witnessesOf(
    order: PaymentOrder,
    actor: Actor,
    holders: readonly { readonly personId: string; readonly name: string }[],
  ): Promise<PaymentFacts['witnesses']> {
    if (order.method === 'CARD') return [];
    if (order.state === 'TO_PAY')
      return holders.filter(({ personId }) => personId !== actor.personId && personId !== order.payeeId);
    const persons = await this.people.persons(order.societyId, order.witnessIds);
    return persons.map(({ id, name }) => ({ personId: id, name }));
  }

  private describe({ subjectKind, subjectId, societyId }: PaymentOrder) {
    return this.subjects.of(subjectKind).describe(societyId, subjectId);
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof PaidAtWrong) return { paidAt: error.message };
  if (error instanceof BankReferenceUsed) return { bankReference: error.message };
  if (error instanceof PhotoNeeded || error instanceof FileRefused) return { photo: error.message };
  if (error instanceof WitnessesNeeded)
    return { [error.fault === 'two-needed' ? 'witnessOne' : 'witnessTwo']: error.message };
  throw error;
}
