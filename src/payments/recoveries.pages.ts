import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DutiesQueries } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { FileRefused } from '../platform/files/files.errors.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { BankReferenceUsed, MomentWrong, PhotoNeeded } from './domain/payment.errors.js';
import { InstalmentOverOutstanding } from './domain/recovery.errors.js';
import { PayeesQueries } from './payees.queries.js';
import { PaymentRights } from './payment-rights.js';
import { PaymentSubjects } from './payment-subjects.js';
import { InstalmentForm, instalmentTyped } from './recoveries.forms.js';
import { RecoveriesQueries } from './recoveries.queries.js';
import { RecoveriesService } from './recoveries.service.js';
import { recoveryView } from './recoveries.views.js';
import type { RecoveryPageFacts, RecoveryView } from './recoveries.views.js';

/** 追回: what is owed back, what has come so far, and the form of the cashier who takes the next part. */
@Controller('s/recoveries')
export class RecoveriesPages {
  constructor(
    private readonly recoveries: RecoveriesService,
    private readonly queries: RecoveriesQueries,
    private readonly subjects: PaymentSubjects,
    private readonly rights: PaymentRights,
    private readonly duties: DutiesQueries,
    private readonly payees: PayeesQueries,
    private readonly clock: Clock,
  ) {}

  @Get(':recoveryId')
  @Render('payments/recovery')
  async recovery(
    @By() actor: Actor,
    @Param('recoveryId', ParseUUIDPipe) recoveryId: string,
  ): Promise<RecoveryView> {
    return recoveryView(await this.factsOf(actor, recoveryId), {}, {});
  }

  @Post(':recoveryId/instalments')
  async recordInstalment(
    @From() caller: Caller,
    @Param('recoveryId', ParseUUIDPipe) recoveryId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(InstalmentForm, body);
    if (!form.ok) {
      await this.again(reply, caller.actor, recoveryId, form.typed, form.errors);
      return;
    }
    try {
      const typed = instalmentTyped(recoveryId, form.values, uploads.one('photo'));
      await this.recoveries.recordInstalment(caller, typed);
    } catch (error) {
      await this.again(reply, caller.actor, recoveryId, form.typed, errorsByField(error));
      return;
    }
    void reply.redirect(`/s/recoveries/${recoveryId}`, 303);
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    recoveryId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const view = recoveryView(await this.factsOf(actor, recoveryId), typed, errors);
    void reply.status(422).view('payments/recovery', view);
  }

  private async factsOf(actor: Actor, recoveryId: string): Promise<RecoveryPageFacts> {
    const recovery = await this.queries.recovery(societyOf(actor), recoveryId);
    const { societyId, subjectKind, subjectId, threadId, payerKind, payerId } = recovery;
    const duties = await this.duties.ofThread(threadId);
    return {
      recovery,
      instalments: await this.queries.instalmentsOf(recoveryId),
      subject: await this.subjects.of(subjectKind).describe(societyId, subjectId),
      payerName: await this.payees.nameOf(societyId, payerKind, payerId),
      duty: duties.find((each) => each.kind === 'RECOVER' && each.subjectId === recoveryId) ?? null,
      right: actor.roles.includes('cashier') ? await this.rights.toReceive(actor, recovery) : null,
      now: this.clock.now(),
    };
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof InstalmentOverOutstanding) return { amountFen: error.message };
  if (error instanceof MomentWrong) return { [error.field]: error.message };
  if (error instanceof BankReferenceUsed) return { bankReference: error.message };
  if (error instanceof PhotoNeeded || error instanceof FileRefused) return { photo: error.message };
  throw error;
}
