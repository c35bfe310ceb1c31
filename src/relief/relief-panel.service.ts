import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { RoundsService } from '../board/index.js';
import type { Recusal } from '../board/index.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { maskName } from '../kernel/chinese/name-mask.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { workOut } from '../funds/domain/worksheet.js';
import type { Worksheet } from '../funds/domain/worksheet.js';
import { CapExhausted } from '../funds/domain/funds.errors.js';
import { windowKeyOf } from '../funds/domain/rule.js';
import { CapsService, FundsQueries } from '../funds/index.js';
import type { Rule } from '../funds/index.js';
import { LedgerService } from '../ledger/index.js';
import { OfficesQueries } from '../offices/index.js';
import type { Director } from '../offices/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import { StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { reviewsNeeded } from './domain/desk-rules.js';
import { excessAdvanceOf, toPayOf } from './domain/parts.js';
import { billOf } from './domain/policies.js';
import { reliefNumberText } from './domain/relief-words.js';
import { NothingToGrant, SecondReviewNeeded, SomethingToGrant } from './domain/relief.errors.js';
import { panelRecusals } from './domain/ties.js';
import { ReliefGround } from './relief-ground.js';
import { RELIEF } from './relief-kind.js';
import { ReliefMoney } from './relief-money.js';
import { groundOf, ReliefPapersMade } from './relief-papers-made.js';
import { purseOf } from './relief-purse.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import type { ReliefFacts } from './relief.queries.js';
import { ReliefSeals } from './relief.seals.js';
import type { ReliefFrozen } from './relief.seals.js';
import { endOf, ReliefStore } from './relief.store.js';

export type PanelTyped = { readonly reliefId: string; readonly recusals: readonly Recusal[] };
export type PanelOpened = {
  readonly roundId: string;
  readonly deadlineAt: string;
  readonly grantFen: Fen;
  readonly capApplied: boolean;
  readonly outcome: 'escalated' | null;
};

/** What a panel is opened on, read before the unit of work. */
type Opening = {
  readonly known: ReliefFacts;
  readonly rule: Rule;
  readonly identities: readonly string[];
  readonly directors: readonly Director[];
  readonly frozen: ReliefFrozen;
};

/** The panel of the federation: its board votes on a figure that nobody typed (domain.md 2.2, ASSESSED to PANEL). */
@Injectable()
export class ReliefPanelService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly ground: ReliefGround,
    private readonly papers: ReliefPapersMade,
    private readonly seals: ReliefSeals,
    private readonly offices: OfficesQueries,
    private readonly funds: FundsQueries,
    private readonly caps: CapsService,
    private readonly ledger: LedgerService,
    private readonly money: ReliefMoney,
    private readonly rounds: RoundsService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Fixes rule and worksheet, holds the room under the cap and sets the money aside, and asks the board: all in one unit,
   * or nothing. Where less room is left than the formula gives, the motion is for what is left, and says so (D4-6). Where
   * as much was advanced already, or more, nothing is held: the board votes on what the family may keep.
   */
  async openPanel(caller: Caller, typed: PanelTyped): Promise<PanelOpened> {
    const { actor } = caller;
    const { reliefId } = typed;
    const opening = await this.openingOf(caller, reliefId);
    const { known, rule, frozen, directors } = opening;
    const purse = purseOf(await this.funds.fund(known.societyId, known.nodeId));
    const recusals = panelRecusals(directors, known.applicantId, frozen.tied, typed.recusals);
    return this.commands.run(caller, { act: 'openPanel', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('openPanel', row);
      const at = this.clock.now();
      const roundId = this.ids.next();
      const { sheet, claim, toPay, merged } = await this.hold(tx, row, opening, roundId);
      const { societyId, id: threadId } = row;
      if (toPay > 0)
        await this.ledger.reserve(tx, { societyId, purse, purpose: claim, amountFen: toPay, threadId });
      const opened = await this.store.step(tx, row, step, {
        ...{ claim, ruleId: rule.id, sheet: JSON.stringify(sheet), grantFen: sheet.grantFen },
        ...{ panels: row.panels + 1, decision: null, noticeEndedAt: null, plan: null },
        frozenSealed: this.seals.sealFrozen(reliefId, frozen),
      });
      await this.steps.clocks(tx, opened, step, { at, byPersonId: actor.personId });
      if (merged) await this.steps.oweLookAtMerger(tx, opened, at);
      trail.on('relief', reliefId, {
        threadId: reliefId,
        after: { roundId, rule: rule.version, sheet, recusals },
        words: `请理事评审：${yuanText(sheet.grantFen)} 元${sheet.capApplied ? '（按最高限额）' : ''}，按规则第 ${rule.version} 版${merged ? '；两组合成一户' : ''}`,
      });
      const { deadlineAt, outcome } = await this.rounds.open(tx, trail, {
        ...{
          roundId,
          societyId,
          societyName: frozen.federationName,
          subjectKind: RELIEF,
          subjectId: reliefId,
        },
        threadId: reliefId,
        revision: hashOf(revisionOf(opened)),
        motion: motionOf(opened, frozen, sheet),
        amountFen: sheet.grantFen,
        charter: frozen.charter,
        electors: directors,
        recusals,
        openedBy: actor.personId,
        at,
      });
      const { grantFen, capApplied } = sheet;
      return { roundId, deadlineAt: deadlineAt.toISOString(), grantFen, capApplied, outcome };
    });
  }

  /** The rule gives nothing: no cost of their own is left, or no room under the cap (D4-5). Published and told, not voted. */
  async refuse(caller: Caller, { reliefId }: { readonly reliefId: string }): Promise<{ reliefId: string }> {
    const { actor } = caller;
    const opening = await this.openingOf(caller, reliefId);
    const { known, rule, identities, frozen } = opening;
    return this.commands.run(caller, { act: 'refuseRelief', body: { reliefId } }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('refuse', row);
      const { groupId } = await this.caps.groupOf(tx, identities);
      const sheet = await this.sheetOf(tx, row, rule, groupId);
      if (sheet.grantFen > 0) throw new SomethingToGrant(sheet.grantFen);
      const reason = sheet.calculatedFen > 0 ? 'CAP_EXHAUSTED' : 'NOTHING_TO_GRANT';
      const at = this.clock.now();
      const ended = await this.store.step(tx, row, step, {
        ...endOf(reason, at),
        ...{ ruleId: rule.id, sheet: JSON.stringify(sheet) },
        frozenSealed: this.seals.sealFrozen(reliefId, frozen),
      });
      await this.store.freeInvoices(tx, reliefId);
      await this.steps.clocks(tx, ended, step, { at, byPersonId: actor.personId });
      await this.papers.rejected(tx, ended, frozen, { reason, counts: null, sheet, at });
      const paid = await this.money.demandAdvance(tx, ended, at);
      await this.papers.advanceDemanded(tx, ended, groundOf(ended, frozen, at), paid);
      trail.on('relief', reliefId, {
        threadId: reliefId,
        after: { reason, sheet },
        words: `不予救助：算出 0 元`,
      });
      return { reliefId };
    });
  }

  private async openingOf(caller: Caller, reliefId: string): Promise<Opening> {
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const rule = await this.ground.ruleOf(known);
    return {
      known,
      rule,
      identities: await this.ground.identitiesOf(known),
      directors: await this.offices.directorsOn(known.societyId, dayOf(this.clock.now())),
      frozen: await this.ground.frozenOf(known, rule),
    };
  }

  /** The sheet, and the room under the cap that is held for it: only what was not advanced on an earlier panel. */
  private async hold(
    tx: Tx,
    row: ReliefRow,
    { rule, identities }: Opening,
    roundId: string,
  ): Promise<{ sheet: Worksheet; claim: string; toPay: Fen; merged: boolean }> {
    const { groupId, merged } = await this.caps.groupOf(tx, identities);
    const { advancedFen, fundId } = row;
    const sheet = await this.sheetOf(tx, row, rule, groupId);
    const { grantFen, calculatedFen, capFen, usedFen } = sheet;
    if (calculatedFen === 0) throw new NothingToGrant();
    if (grantFen === 0) throw new CapExhausted(capFen, usedFen);
    const [needed, reviews] = [reviewsNeeded(rule, grantFen), (await this.store.reviewsOf(tx, row)).length];
    if (reviews < needed) throw new SecondReviewNeeded(grantFen, needed, reviews);
    const toPay = toPayOf({ grantFen, advancedFen });
    const isMerged = merged.length > 0;
    if (toPay === 0) return { sheet, claim: await this.advanceOf(tx, row), toPay, merged: isMerged };
    const asked = { fundId, groupId, windowKey: this.windowOf(row, rule), capFen, askedFen: toPay };
    const { heldFen } = await this.caps.hold(tx, { ...asked, purpose: roundId });
    if (heldFen < toPay) throw new StaleSnapshot('The room under the cap has changed');
    return { sheet, claim: roundId, toPay, merged: isMerged };
  }

  /** Under which the cap has what was advanced: nothing else is taken for the case. */
  private async advanceOf(tx: Tx, row: ReliefRow): Promise<string> {
    const payments = await this.store.paymentsOf(tx, row.id);
    const advance = payments.find(({ kind, state }) => kind === 'ADVANCE' && state !== 'OFF');
    if (!advance) throw new Error('Something was advanced, and no payment says so');
    return advance.claim;
  }

  /** What was advanced on an earlier panel of this case is the case's own, and is not counted against it. */
  private async sheetOf(tx: Tx, row: ReliefRow, rule: Rule, groupId: string): Promise<Worksheet> {
    const taken = await this.caps.takenBy(tx, groupId, row.fundId, this.windowOf(row, rule));
    const bill = billOf(row.totalFen, await this.store.policiesOf(tx, row));
    return workOut(bill, rule, fen(Math.max(taken - row.advancedFen, 0)));
  }

  private windowOf({ cause }: ReliefRow, { capWindow }: Rule): string {
    return windowKeyOf(capWindow, cause, dayOf(this.clock.now()));
  }
}

/** What the ballots are for: the figure, and what it was worked out from. */
function revisionOf({ sheet, fundId, nodeId, cause }: ReliefRow): string {
  return JSON.stringify({ sheet, fundId, nodeId, cause });
}

/** Masked: minutes are read by many. A partial grant at the cap is stated in the motion (domain.md 3, rule 10). */
function motionOf(
  row: ReliefRow,
  { applicantName, group, fundName, rule }: ReliefFrozen,
  sheet: Worksheet,
): string {
  const who = `${group}${maskName(applicantName)}（${CAUSE_WORDS[row.cause]}，${reliefNumberText(row)}号）`;
  const capped = sheet.capApplied
    ? `，按规则算出 ${yuanText(sheet.calculatedFen)} 元，每户最高 ${yuanText(sheet.capFen)} 元，以前已用 ${yuanText(sheet.usedFen)} 元，按最高限额救助`
    : '';
  const excess = excessAdvanceOf(row);
  const back = excess > 0 ? `，先行拨付多出的 ${yuanText(excess)} 元退回` : '';
  return `从${fundName}给${who}救助 ${yuanText(sheet.grantFen)} 元（自付 ${yuanText(sheet.baseFen)} 元，依据${rule.document}${capped}${back}）`;
}
