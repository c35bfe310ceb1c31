import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { refusalOfConsents } from '../cases/domain/consent-rule.js';
import { DutiesQueries, lastDayOf } from '../duties/index.js';
import { FundsQueries } from '../funds/index.js';
import type { ReliefPaper } from '../funds/domain/rule.js';
import { RELIEF_PAPER_WORDS } from '../funds/domain/rule.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { applicationAccepted, MessagesOutbox } from '../messages/index.js';
import { PeopleQueries, PeopleService, PersonListeners, PURPOSES } from '../people/index.js';
import type { PersonSummary, Purpose } from '../people/index.js';
import { Calendar } from '../platform/calendar/calendar.js';
import { Numbers } from '../platform/database/numbers.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import type { PreparedFile } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Society } from '../societies/index.js';
import { clockLeft } from './domain/clock-left.js';
import { checkInvoices, totalOf } from './domain/invoices.js';
import type { Invoice } from './domain/invoices.js';
import { DESK_DUTIES, MOST_RETURNS, reliefStepOf } from './domain/relief-procedure.js';
import { returnLetter } from './domain/relief-letters.js';
import { reliefNumberText, RELIEF_STATE_WORDS } from './domain/relief-words.js';
import {
  CauseNotInRule,
  NotBelowFederation,
  NothingAsked,
  NothingBrought,
  ReliefNotInState,
  ReturnedTooOften,
} from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefLetters } from './relief-letters.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

export type PaperTyped = { readonly kind: ReliefPaper; readonly bytes: Buffer };

export type Application = {
  /** In the register of the society that submits. */
  readonly personId: string;
  /** A fund or one of its projects. */
  readonly fundId: string;
  readonly cause: Cause;
  readonly invoices: readonly Invoice[];
  readonly debtsFen: Fen;
  readonly story: string | null;
  readonly payeeAccountId: string | null;
  readonly consents: readonly Purpose[];
  readonly pledged: boolean;
  readonly papers: readonly PaperTyped[];
};
export type Submitted = { readonly reliefId: string; readonly number: string };

export type ReturnTyped = {
  readonly reliefId: string;
  readonly items: readonly ReliefPaper[];
  readonly note: string | null;
};

export type CompletionTyped = {
  readonly reliefId: string;
  /** All invoices as they are now, where they changed; null where they stay. */
  readonly invoices: readonly Invoice[] | null;
  readonly papers: readonly PaperTyped[];
};

type Photo = { readonly kind: ReliefPaper; readonly image: PreparedFile };

/** Read before the unit of work: what the copy of the family in the federation's register is made from. */
type Home = {
  readonly federation: Society;
  readonly societyId: string;
  readonly applicant: PersonSummary;
  readonly place: string;
  readonly numberPrefix: string;
};

/** How a family's file comes to the desk, goes back for what is missing, and comes again (domain.md 2.2). */
@Injectable()
export class ReliefIntakeService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly ground: ReliefGround,
    private readonly letters: ReliefLetters,
    private readonly seals: ReliefSeals,
    private readonly funds: FundsQueries,
    private readonly people: PeopleQueries,
    private readonly register: PeopleService,
    private readonly listeners: PersonListeners,
    private readonly societies: SocietiesQueries,
    private readonly duties: DutiesQueries,
    private readonly calendar: Calendar,
    private readonly files: Files,
    private readonly numbers: Numbers,
    private readonly messages: MessagesOutbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A society, the town or the federation itself asks the fund for a family of its register. */
  async applyForRelief(caller: Caller, typed: Application): Promise<Submitted> {
    const { actor } = caller;
    const home = await this.homeOf(societyOf(actor), typed.personId);
    const { root, fund } = await this.funds.fund(home.societyId, typed.fundId);
    const rule = await this.funds.ruleOn(root.id, dayOf(this.clock.now()));
    if (!rule.causes.includes(typed.cause)) throw new CauseNotInRule(CAUSE_WORDS[typed.cause]);
    checkInvoices(typed.invoices);
    const refusal = refusalOfConsents(typed.consents, typed.pledged, home.applicant);
    if (refusal) throw refusal;
    const { personId, payeeAccountId } = typed;
    if (payeeAccountId !== null) await this.ground.checkAccount(home.societyId, personId, payeeAccountId);
    const photos = await this.prepared(typed.papers);
    const body = { ...typed, story: typed.story === null ? null : 'sealed', papers: hashesOf(photos) };
    return this.commands.run(caller, { act: 'applyForRelief', body }, async (tx, trail) => {
      const step = reliefStepOf('submit', null);
      if (!step) throw new Error('The procedure has no beginning');
      const row = await this.rowOf(tx, actor, home, { ...typed, rootId: root.id, nodeId: fund.id });
      await this.store.insert(tx, row);
      await this.store.addInvoices(tx, row, typed.invoices, home.societyId === row.societyId);
      await this.keepPapers(tx, row, actor, photos);
      await this.keepConsents(tx, row, home, typed, actor.personId);
      const moment = { at: row.submittedAt, byPersonId: actor.personId };
      await this.steps.clocks(tx, row, step, moment);
      await this.steps.handedInAnew(
        tx,
        await this.store.refusedOf(tx, home.societyId, typed.personId),
        moment,
      );
      const told = applicationAccepted({ caseId: row.id, acceptedAt: row.submittedAt });
      await this.messages.tellPerson(tx, home.societyId, typed.personId, told);
      const text = reliefNumberText(row);
      trail.on('relief', row.id, {
        threadId: row.id,
        after: { fundId: row.fundId, cause: row.cause, totalFen: row.totalFen },
        words: `提交 ${text}：${CAUSE_WORDS[row.cause]}，发票 ${typed.invoices.length} 张共 ${yuanText(row.totalFen)} 元`,
      });
      return { reliefId: row.id, number: text };
    });
  }

  /** The desk asks for what is missing, with the list in a letter. Its clock stands still until the file comes back. */
  async returnForCompletion(caller: Caller, typed: ReturnTyped): Promise<{ reliefId: string }> {
    const { actor } = caller;
    const { reliefId, note } = typed;
    const items = [...new Set(typed.items)];
    if (items.length === 0) throw new NothingAsked();
    const known = await this.ground.atTheDesk(actor, reliefId);
    const ground = await this.ground.letterGroundOf(known);
    const calendar = await this.calendar.load();
    const owed = DESK_DUTIES[known.state];
    const open = (await this.duties.ofThread(reliefId)).find(
      ({ kind, settledAt }) => kind === owed?.duty && settledAt === null,
    );
    const at = this.clock.now();
    const left = open ? clockLeft(dayOf(at), lastDayOf(open.dueAt), calendar) : (owed?.count ?? 1);
    return this.commands.run(caller, { act: 'returnRelief', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('return', row);
      // What was left of the clock was read before the unit, of the step that the file was at then.
      if (row.state !== known.state) throw new ReliefNotInState(RELIEF_STATE_WORDS[row.state]);
      if (row.returns >= MOST_RETURNS) throw new ReturnedTooOften(MOST_RETURNS);
      const number = row.returns + 1;
      await this.store.step(tx, row, step, { returns: number, returnedFrom: row.state, clockLeft: left });
      const id = this.ids.next();
      await this.store.insertReturn(tx, {
        ...{ id, reliefId, number, items, returnedAt: at, answeredAt: null },
        fromState: row.state,
        noteSealed: this.seals.seal('return_note', id, note),
        returnedBy: actor.personId,
      });
      const due = await this.steps.clocks(tx, row, step, { at, byPersonId: actor.personId });
      const dueOn = due.get('COMPLETE_RELIEF') ?? dayOf(at);
      await this.letters.write(tx, row, returnLetter(ground, items, note, dueOn), actor.personId);
      trail.on('relief', reliefId, {
        threadId: reliefId,
        before: { state: row.state },
        after: { items },
        words: `第 ${number} 次退回补正：${items.map((item) => RELIEF_PAPER_WORDS[item]).join('、')}`,
      });
      return { reliefId };
    });
  }

  /** What was missing, all of it. Changed invoices send the file back to the policies; papers alone let it go on. */
  async complete(caller: Caller, typed: CompletionTyped): Promise<{ reliefId: string }> {
    const { actor } = caller;
    const { reliefId, invoices } = typed;
    const known = await this.ground.atHome(actor, reliefId);
    if (invoices !== null) checkInvoices(invoices);
    const photos = await this.prepared(typed.papers);
    const body = { reliefId, invoices, papers: hashesOf(photos) };
    return this.commands.run(caller, { act: 'completeRelief', body }, async (tx, trail) => {
      const row = await this.store.getOwn(tx, reliefId);
      if (row.returnedFrom === null) throw new ReliefNotInState(RELIEF_STATE_WORDS[row.state]);
      const returned = await this.store.openReturn(tx, reliefId);
      const brought = new Set(photos.map(({ kind }) => kind));
      const missing = returned.items.filter((item) => !brought.has(item));
      if (missing.length > 0) throw new NothingBrought(missing.map((item) => RELIEF_PAPER_WORDS[item]));
      const at = this.clock.now();
      const moment = { at, byPersonId: actor.personId };
      await this.keepPapers(tx, row, actor, photos);
      await this.store.answerReturn(tx, returned.id);
      const step =
        invoices === null ? reliefStep('resume', row, row.returnedFrom) : reliefStep('recheck', row);
      const back = { returnedFrom: null, clockLeft: null };
      if (invoices === null) {
        await this.store.step(tx, row, step, back);
        await this.steps.clocks(tx, row, step, moment);
        await this.steps.resumeClock(tx, row, step.to, row.clockLeft ?? 1, at);
      } else {
        await this.store.removeInvoices(tx, reliefId);
        await this.store.addInvoices(tx, row, invoices, known.homeSocietyId === known.societyId);
        const anew = { totalFen: totalOf(invoices), lap: row.lap + 1, ...NOT_CHECKED };
        await this.store.step(tx, row, step, { ...back, ...anew });
        await this.steps.clocks(tx, row, step, moment);
      }
      trail.on('relief', reliefId, {
        threadId: reliefId,
        after: body,
        words: `补正：${[...brought].map((kind) => RELIEF_PAPER_WORDS[kind]).join('、')}${invoices === null ? '' : '，改了发票'}`,
      });
      return { reliefId };
    });
  }

  private async rowOf(
    tx: Tx,
    { accountId, personId }: Actor,
    home: Home,
    typed: Application & { readonly rootId: string; readonly nodeId: string },
  ): Promise<ReliefRow> {
    const { federation, societyId } = home;
    const at = this.clock.now();
    const year = yearOf(dayOf(at));
    const { applicantId, accountId: payee } = await this.copied(tx, home, typed);
    const id = this.ids.next();
    return {
      ...NOTHING_YET,
      ...NOT_CHECKED,
      ...{ id, societyId: federation.id, year, state: 'SUBMITTED', lap: 1, version: 1 },
      number: await this.numbers.next(tx, federation.id, 'RELIEF', year),
      homeSocietyId: societyId,
      submittedBySocietyId: societyId,
      originPersonId: typed.personId,
      applicantId,
      fundId: typed.rootId,
      nodeId: typed.nodeId,
      cause: typed.cause,
      totalFen: totalOf(typed.invoices),
      debtsFen: typed.debtsFen,
      storySealed: this.seals.seal('story', id, typed.story),
      accountId: payee,
      submittedAt: at,
      submittedByAccount: accountId,
      submittedBy: personId,
    };
  }

  /** The applicant and the account in the register of the federation, where they are not there already. */
  private async copied(
    tx: Tx,
    { federation, societyId, place, numberPrefix }: Home,
    { personId, payeeAccountId }: Application,
  ): Promise<{ applicantId: string; accountId: string | null }> {
    if (societyId === federation.id) return { applicantId: personId, accountId: payeeAccountId };
    const copying = { fromSocietyId: societyId, toSocietyId: federation.id, place, numberPrefix };
    const { id } = await this.register.copyPerson(tx, personId, copying);
    const accountId =
      payeeAccountId === null
        ? null
        : await this.register.copyPayeeAccount(tx, payeeAccountId, { ...copying, personId: id });
    return { applicantId: id, accountId };
  }

  /**
   * Signed at the table of the home, and kept in its register; whoever listens hears it, the federation among them, so
   * that a word said there is heeded by every case of that person.
   */
  private async keepConsents(
    tx: Tx,
    row: ReliefRow,
    { societyId, applicant }: Home,
    { personId, consents }: Application,
    byPersonId: string | null,
  ): Promise<void> {
    const how = applicant.isMinor ? ('GUARDIAN' as const) : ('PAPER' as const);
    const at = row.submittedAt;
    const signed = { societyId, personId, at, byPersonId, how, fileId: null, sourceId: row.id };
    const answers = PURPOSES.map((purpose) => ({ purpose, given: consents.includes(purpose) }));
    for (const given of [true, false]) {
      const purposes = answers.filter((answer) => answer.given === given).map(({ purpose }) => purpose);
      await this.register.consent(tx, { ...signed, purposes, given });
    }
    await this.register.pledge(tx, signed);
    await this.listeners.answered(tx, { societyId, personId, at, byPersonId, how, answers });
  }

  private async keepPapers(tx: Tx, row: ReliefRow, by: Actor, photos: readonly Photo[]): Promise<void> {
    const kept: { kind: ReliefPaper; fileId: string }[] = [];
    for (const { kind, image } of photos) {
      const to = {
        societyId: row.societyId,
        purpose: `relief-${kind.toLowerCase().replaceAll('_', '-')}`,
        by,
      };
      kept.push({ kind, fileId: await this.files.attach(tx, image, to) });
    }
    await this.store.insertPapers(tx, row.id, kept, by.personId);
  }

  private prepared(papers: readonly PaperTyped[]): Promise<Photo[]> {
    return Promise.all(
      papers.map(async ({ kind, bytes }) => ({ kind, image: await this.files.prepareImage(bytes) })),
    );
  }

  private async homeOf(societyId: string, personId: string): Promise<Home> {
    const federation = await this.societies.federationOf(societyId);
    if (!federation) throw new NotBelowFederation();
    const applicant = await this.people.person(societyId, personId);
    const society = await this.societies.society(societyId);
    const place = await this.societies.place(society.regionId, dayOf(this.clock.now()));
    return { federation, societyId, applicant, place: place.name, numberPrefix: society.boardCode };
  }
}

const hashesOf = (photos: readonly Photo[]) => photos.map(({ kind, image }) => [kind, image.sha256]);

/** What a lap of the desk finds out, before it has. */
const NOT_CHECKED = {
  verifiedAt: null,
  verifyResult: null,
  verifyNoteSealed: null,
  handledBy: '[]',
  reviewedAt: null,
} as const;

const NOTHING_YET = {
  returns: 0,
  returnedFrom: null,
  clockLeft: null,
  panels: 0,
  claim: null,
  ruleId: null,
  sheet: null,
  grantFen: null,
  frozenSealed: null,
  decision: null,
  plan: null,
  noticeEndedAt: null,
  advancedFen: fen(0),
  approvedAt: null,
  approvedBy: null,
  paidFen: fen(0),
  paidAt: null,
  followedUpAt: null,
  resultEndedAt: null,
  demandedFen: fen(0),
  refundedFen: fen(0),
  closedAt: null,
  endedAt: null,
  endReason: null,
} as const;
