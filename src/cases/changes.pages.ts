import { Body, Controller, Get, Param, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { PeopleQueries } from '../people/index.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { AmendmentsService } from './amendments.service.js';
import { CaseReading } from './case-reading.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { amendmentIn, AmendmentForm, EndingForm, RevocationForm, revocationIn } from './changes.forms.js';
import { amendmentView, endingView, revocationView } from './changes.views.js';
import type { AmendmentView, EndingView, RevocationView } from './changes.views.js';
import { WITHDRAWAL_REASONS } from './domain/endings.js';
import type { TerminationReason, WithdrawalReason } from './domain/endings.js';
import { EndingsService } from './endings.service.js';
import { fieldFaults } from './intake.faults.js';
import { payeeNamed } from './named-people.js';
import { RevocationsService } from './revocations.service.js';

/** What may still become of a case that is on its way: amended, taken back, ended, revoked. */
@Controller('s/cases/:number')
export class ChangesPages {
  constructor(
    private readonly endings: EndingsService,
    private readonly amendments: AmendmentsService,
    private readonly revocations: RevocationsService,
    private readonly queries: CasesQueries,
    private readonly reading: CaseReading,
    private readonly people: PeopleQueries,
  ) {}

  @Get('ending')
  @Render('cases/ending')
  async ending(@By() actor: Actor, @Param('number') number: string): Promise<EndingView> {
    return endingView(await this.reading.caseAndApplicant(actor, number), {}, {});
  }

  @Post('ending')
  async end(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const facts = await this.reading.caseAndApplicant(caller.actor, number);
    const form = await parseForm(EndingForm, body);
    if (!form.ok) {
      void reply.status(422).view('cases/ending', endingView(facts, form.typed, form.errors));
      return;
    }
    const { reason, note = null } = form.values;
    const caseId = facts.row.id;
    if (isWithdrawal(reason)) await this.endings.withdraw(caller, { caseId, reason, note });
    else await this.endings.terminate(caller, { caseId, reason, note });
    void reply.redirect(`/s/cases/${number}`, 303);
  }

  @Get('amendment')
  @Render('cases/amendment')
  async amendment(@By() actor: Actor, @Param('number') number: string): Promise<AmendmentView> {
    return this.amendmentPage(actor, number, null, {});
  }

  @Post('amendment')
  async amend(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { row, applicant } = await this.reading.caseAndApplicant(caller.actor, number);
    const form = await parseForm(AmendmentForm, body);
    const again = async (errors: FieldErrors) => {
      const page = await this.amendmentPage(caller.actor, number, form.typed, errors);
      void reply.status(422).view('cases/amendment', page);
    };
    if (!form.ok) return again(form.errors);
    try {
      const payeeId = await payeeNamed(this.people, row, applicant, form.values);
      await this.amendments.amend(caller, amendmentIn(row.id, form.values, payeeId));
    } catch (error) {
      return again(fieldFaults(error));
    }
    void reply.redirect(`/s/cases/${number}`, 303);
  }

  @Get('revocation')
  @Render('cases/revocation')
  async revocation(@By() actor: Actor, @Param('number') number: string): Promise<RevocationView> {
    return revocationView(await this.reading.roundForm(actor, number), {}, {});
  }

  @Post('revocation')
  async askRevocation(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const facts = await this.reading.roundForm(caller.actor, number);
    const form = await parseForm(RevocationForm, body);
    const again = (errors: FieldErrors) => {
      void reply.status(422).view('cases/revocation', revocationView(facts, form.typed, errors));
    };
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const typed = revocationIn(facts.row.id, form.values);
      const { roundId } = await this.revocations.askRevocation(caller, typed);
      void reply.redirect(`/s/rounds/${roundId}`, 303);
    } catch (error) {
      again(fieldFaults(error));
    }
  }

  private async amendmentPage(
    actor: Actor,
    number: string,
    typed: Typed | null,
    errors: FieldErrors,
  ): Promise<AmendmentView> {
    const { row, applicant } = await this.reading.caseAndApplicant(actor, number);
    const { societyId } = row;
    const facts = {
      row,
      applicant,
      story: await this.queries.story(societyId, row.id),
      payee: await this.people.person(societyId, row.payeeId),
      accounts: await this.accountsOf(row, applicant.guardianId, typed),
    };
    return amendmentView(facts, typed, errors);
  }

  private async accountsOf(row: CaseFacts, guardianId: string | null, typed: Typed | null) {
    const named = typed?.['payeeName'];
    const found =
      typeof named === 'string' && named !== '' ? await this.people.search(row.societyId, named, 1) : [];
    const ids = [row.applicantId, row.payeeId, guardianId, found[0]?.id ?? null].filter((id) => id !== null);
    const accounts = await Promise.all(
      [...new Set(ids)].map((id) => this.people.payeeAccounts(row.societyId, id)),
    );
    return accounts.flat();
  }
}

function isWithdrawal(reason: WithdrawalReason | TerminationReason): reason is WithdrawalReason {
  return (WITHDRAWAL_REASONS as readonly string[]).includes(reason);
}
