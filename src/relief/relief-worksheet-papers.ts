import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { dayOf } from '../kernel/day.js';
import { PeopleQueries } from '../people/index.js';
import { Config } from '../platform/config.js';
import { PaperPrinter } from '../platform/pdf/printer.js';
import { societyOf } from '../platform/web/caller.js';
import { worksheetPaper } from './domain/worksheet-paper.js';
import type { WorksheetFacts } from './domain/worksheet-paper.js';
import { SheetNotFixed } from './domain/relief.errors.js';
import { ReliefDeskService } from './relief-desk.service.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefQueries } from './relief.queries.js';
import type { ReliefFacts } from './relief.queries.js';

/** The worksheet as a page of the file: as the panel fixed it, or before a panel as it is worked out today. */
@Injectable()
export class ReliefWorksheetPapers {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly desk: ReliefDeskService,
    private readonly ground: ReliefGround,
    private readonly people: PeopleQueries,
    private readonly printer: PaperPrinter,
    private readonly commands: Commands,
    private readonly config: Config,
  ) {}

  /** What is only tried is the desk's. It holds a full name: each look is an act of its own in the trail. */
  async print(actor: Actor, reliefId: string): Promise<Buffer> {
    const known = await this.queries.relief(societyOf(actor), reliefId);
    const facts = await this.factsOf(known);
    if (facts.triedOn !== null && actor.societyId !== known.societyId) throw new SheetNotFixed();
    const content = worksheetPaper(facts);
    await this.commands.recordRead(actor, 'relief', known.id, {
      threadId: known.id,
      words: '看救助金额计算表',
    });
    const paper = { title: content.title.join(''), author: content.issuer, at: known.submittedAt };
    return (await this.printer.print({ template: 'papers/worksheet', content, facts: paper })).pdf;
  }

  private async factsOf(known: ReliefFacts): Promise<WorksheetFacts> {
    const { societyId, text, homeName, cause, fundName } = known;
    const used = await this.desk.takenBy(known, await this.ground.ruleOf(known));
    const { rule, sheet, isFixed } = await this.queries.sum(known, used);
    const { applicantName, guardianName, federationName } = await this.ground.letterGroundOf(known);
    const reviewers = (await this.queries.reviews(known)).map(({ reviewerId }) => reviewerId);
    return {
      ...{
        number: text,
        federationName,
        applicantName,
        guardianName,
        homeName,
        cause,
        fundName,
        rule,
        sheet,
      },
      group: (await this.people.person(societyId, known.applicantId)).group,
      submittedOn: dayOf(known.submittedAt),
      invoices: await this.queries.invoices(known.id),
      policies: await this.queries.policies(known),
      triedOn: isFixed ? null : this.ground.today(),
      reviewers: await this.namesOf(societyId, reviewers),
      approver:
        (await this.namesOf(societyId, known.approvedBy === null ? [] : [known.approvedBy]))[0] ?? null,
      url: `${this.config.publicUrl}/s/relief/${known.id}`,
    };
  }

  private async namesOf(societyId: string, personIds: readonly string[]): Promise<string[]> {
    return (await this.people.persons(societyId, personIds)).map(({ name }) => name);
  }
}
