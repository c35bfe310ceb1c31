import { BallotLinksService, BallotsService } from '../board/index.js';
import {
  CasesQueries,
  EndingsService,
  HandoversQueries,
  HandoversService,
  OverridesService,
} from '../cases/index.js';
import type { CaseState } from '../cases/index.js';
import { Timers } from '../house/index.js';
import { fen } from '../kernel/fen.js';
import {
  amend,
  decided,
  helpFromTown,
  instalment,
  meetTogether,
  openFast,
  openRoundWithout,
  paidAndPosted,
  publish,
  ratify,
  refuseByBank,
  revoke,
  seen,
  signFast,
  writeOff,
} from './branch-acts.js';
import { BELOW_CAST, placeBelow, placeOfTown, TOWN_CAST } from './branch-places.js';
import type { BelowKey } from './branch-places.js';
import { FEDERATION_CAST, playFederation } from './federation.js';
import { openRound, pay, raiseHands, register } from './road.js';
import type { OpenCase } from './road.js';
import { setUp } from './set-up.js';
import type { Cue, Stage } from './stage.js';

/** A way off the straight road, where it stands at the end of the demo. */
export type Branch = {
  readonly way: string;
  readonly case: string;
  readonly state: CaseState;
  readonly login: string;
  readonly page: string;
};

type Office = 'CIVIL_AFFAIRS' | 'HOUSING';

/** A village below its town union and a federation, in which every way off the straight road is gone once. */
export class Branches {
  readonly federation: Stage;
  readonly town: Stage;
  readonly below: Stage;
  private readonly made = new Map<BelowKey, OpenCase>();
  private readonly ways: { readonly key: BelowKey; readonly way: string }[] = [];

  constructor(stage: Stage) {
    this.federation = stage.beside(FEDERATION_CAST, 'federation-');
    this.town = stage.beside(TOWN_CAST, 'town-');
    this.below = stage.beside(BELOW_CAST, 'below-');
  }

  /** In the order of their hours. */
  get cues(): readonly Cue[] {
    return [
      cue('2026-03-04 08:00', () => this.found()),
      cue('2026-03-04 09:00', () => this.sayNo()),
      cue('2026-03-04 11:00', () => this.handUp()),
      cue('2026-03-05 09:00', () => this.changeOrEnd()),
      cue('2026-03-05 14:00', () => this.goFast()),
      cue('2026-03-05 15:00', () => this.payWhatGoesWrong()),
      cue('2026-03-05 17:30', () => this.runTimers()),
      cue('2026-03-06 10:00', () => this.ratifyAndRevoke()),
      cue('2026-03-06 18:00', () => this.runTimers()),
      cue('2026-03-09 10:00', () => this.answerFromAbove()),
      cue('2026-03-10 10:00', () => this.giveUp()),
      cue('2026-03-12 08:30', () => this.standStill()),
      cue('2026-03-13 09:10', () => this.voteByPhone()),
      cue('2026-03-13 10:05', () => this.doNotRatify()),
    ];
  }

  /** What the pictures are taken of. */
  async summary(): Promise<readonly Branch[]> {
    const cases = this.below.service(CasesQueries);
    return Promise.all(
      this.ways.map(async ({ key, way }) => {
        const { text, state } = await cases.case(this.below.societyId, this.of(key).caseId);
        return { way, case: text, state, login: 'hewanmishuzhang', page: `/s/cases/${text}` };
      }),
    );
  }

  private async found(): Promise<void> {
    await playFederation(this.federation);
    await setUp(this.town, placeOfTown(this.federation.societyId));
    await setUp(this.below, placeBelow(this.town.societyId));
  }

  /** The board says no; one of the two asks the town to look again. */
  private async sayNo(): Promise<void> {
    const refused = this.keep('refused', 'rejected', await decided(this.below, 'refused', 'OTHER', 'no'));
    await publish(this.below, 'case', refused.caseId);
    this.keep(
      'reviewed',
      'rejected, then reviewed by the town',
      await decided(this.below, 'reviewed', 'ILLNESS', 'no'),
    );
    await publish(this.below, 'case', this.of('reviewed').caseId);
  }

  /** Boards that cannot decide: too few of them left, or nobody came, twice. */
  private async handUp(): Promise<void> {
    const tied = this.keep(
      'tied',
      'too few electors, helped by the town',
      await seen(this.below, 'tied', 'FIRE'),
    );
    const fifth = { personId: this.below.personId('fifth'), reason: 'CREDITOR' } as const;
    await openRoundWithout(this.below, tied, [fifth]);
    const lapsed = await seen(this.below, 'lapsedTwice', 'DISASTER');
    await openRound(this.below, this.keep('lapsedTwice', 'lapsed twice, to the town', lapsed));
  }

  private async changeOrEnd(): Promise<void> {
    const { below } = this;
    const amended = await openRound(below, await seen(below, 'amended', 'ACCIDENT'));
    this.keep('amended', 'amended while voting, voted on again', amended);
    await amend(below, amended, { amountFen: fen(150_000) });
    await raiseHands(below, await openRound(below, amended), ALL);
    await paidAndPosted(below, amended, 'DEMO-H-PAY-0001');

    const referred = this.keep(
      'referred',
      'referred, with its result',
      await seen(below, 'referred', 'OTHER'),
    );
    await this.refer(referred, 'CIVIL_AFFAIRS');
    const withdrawn = this.keep('withdrawn', 'withdrawn', await seen(below, 'withdrawn', 'SCHOOLING'));
    await below.service(EndingsService).withdraw(below.as('secretary'), {
      ...{ caseId: withdrawn.caseId, reason: 'HELPED_ELSEWHERE', note: null },
    });
    const deceased = this.keep(
      'deceased',
      'terminated: death before the payment',
      await decided(below, 'deceased', 'ILLNESS'),
    );
    const death = { caseId: deceased.caseId, reason: 'DEATH', note: null } as const;
    await below.service(EndingsService).terminate(below.as('secretary'), death);
    await below.service(HandoversService).askReview(below.as('secretary'), {
      ...{ caseId: this.of('reviewed').caseId, note: '住院的钱比登记时多了（演示）。' },
    });
  }

  private async goFast(): Promise<void> {
    const urgent = this.keep('urgent', 'fast path, ratified', await seen(this.below, 'urgent', 'ILLNESS'));
    await signFast(this.below, await openFast(this.below, urgent, 'LIFE'));
    await paidAndPosted(this.below, urgent, 'DEMO-H-PAY-0002');
  }

  /** Paid to whom it should not have been, to a child's mother, to a card that was wrong, and without a name. */
  private async payWhatGoesWrong(): Promise<void> {
    const { below } = this;
    const keys = ['paysBack', 'paidBack', 'lost', 'again'] as const;
    const causes = ['ACCIDENT', 'OTHER', 'DISASTER', 'FIRE'] as const;
    for (const [i, key] of keys.entries()) {
      this.made.set(key, await decided(below, key, causes[i] ?? 'OTHER'));
      await paidAndPosted(below, this.of(key), `DEMO-H-PAY-001${i}`);
    }
    const child = await register(below, 'child', { cause: 'ILLNESS', amountFen: fen(100_000) }, LOOKED);
    this.keep('child', 'a child, paid to the guardian', child);
    const { personId: payeeId, payeeAccountId } = below.registered('mother');
    const payee = { relation: 'GUARDIAN', payeeId, reason: null } as const;
    await amend(below, child, { payee, payeeAccountId, method: 'CARD', reason: 'GUARDIAN' });
    await raiseHands(below, await openRound(below, child), ALL);
    await paidAndPosted(below, child, 'DEMO-H-PAY-0020');

    const consents = ['PROCESS', 'HEALTH_BANK', 'VERIFY'] as const;
    const need = { cause: 'ACCIDENT', amountFen: fen(80_000), consents: [...consents] } as const;
    const unnamed = this.keep(
      'unnamed',
      'published without a name',
      await register(below, 'unnamed', need, LOOKED),
    );
    await raiseHands(below, await openRound(below, unnamed), ALL);
    await paidAndPosted(below, unnamed, 'DEMO-H-PAY-0021');

    const wrongCard = await decided(below, 'wrongCard', 'SCHOOLING');
    await refuseByBank(below, this.keep('wrongCard', 'refused by the bank, then paid', wrongCard), 'before');
    await paidAndPosted(below, wrongCard, 'DEMO-H-PAY-0022');
  }

  private async ratifyAndRevoke(): Promise<void> {
    await ratify(this.below, this.of('urgent'), 'yes');
    for (const key of ['paysBack', 'paidBack', 'lost'] as const) await revoke(this.below, this.of(key));
    this.keep('paysBack', 'revoked, paid back in parts', this.of('paysBack'));
    this.keep('paidBack', 'revoked, all of it recovered', this.of('paidBack'));
    this.keep('lost', 'revoked, the rest written off by the town', this.of('lost'));
    await instalment(this.below, this.of('paidBack'), 60_000);
    await openRound(this.below, this.of('lapsedTwice')); // nobody came to the first
    await this.letAgain('ANOTHER_EVENT');
  }

  private async answerFromAbove(): Promise<void> {
    const tied = await this.handed('tied');
    await helpFromTown(this.town, tied);
    const answer = {
      answer: 'NOT_HELPED',
      answeredFen: null,
      note: '看过卷，村里的决定没有问题（演示）。',
    } as const;
    const handoverId = await this.handed('reviewed');
    await this.town.service(HandoversService).answer(this.town.as('secretary'), { handoverId, ...answer });
    const result = { answer: 'HELPED', answeredFen: fen(50_000), note: null } as const;
    const referral = await this.handed('referred');
    await this.below
      .service(HandoversService)
      .answer(this.below.as('secretary'), { handoverId: referral, ...result });
    await instalment(this.below, this.of('paidBack'), 40_000);
  }

  private async giveUp(): Promise<void> {
    await instalment(this.below, this.of('lost'), 20_000);
    await writeOff(this.town, this.below, this.of('lost'));
    await instalment(this.below, this.of('lost'), 10_000); // after all
  }

  /** What still stands at its branch when the demo ends. */
  private async standStill(): Promise<void> {
    // Found in the other register by its number: the union is to explain it, the federation compares.
    const need = { cause: 'ILLNESS', amountFen: fen(200_000) } as const;
    await register(this.town, 'asksTwice', need, ['visitorOne', 'visitorTwo']);
    const { below } = this;
    const lapsed = await openRound(below, await seen(below, 'lapsed', 'OTHER'));
    this.keep('lapsed', 'lapsed once', lapsed);
    const costly = this.keep(
      'costly',
      'over the limit, handed up',
      await seen(below, 'costly', 'ILLNESS', 300_000),
    );
    await below.service(HandoversService).escalate(below.as('secretary'), {
      ...{ caseId: costly.caseId, reason: 'OVER_LIMIT', askedFen: fen(800_000), note: null },
    });
    const returned = await decided(below, 'returned', 'FIRE');
    await pay(below, this.keep('returned', 'sent back by the bank', returned), 'DEMO-H-PAY-0030');
    await refuseByBank(below, returned, 'after');
    await instalment(below, this.of('paysBack'), 30_000);
    const hasty = this.keep('hasty', 'fast path, not ratified', await seen(below, 'hasty', 'FIRE'));
    await signFast(below, await openFast(below, hasty, 'SHELTER'));
    await paidAndPosted(below, hasty, 'DEMO-H-PAY-0031');
    const together = await openRound(below, await seen(below, 'together', 'ACCIDENT'));
    await meetTogether(below, this.keep('together', 'joint meeting', together));
  }

  /** Two have said so on the phone, and their links wait; three have not been reached. */
  private async voteByPhone(): Promise<void> {
    const { below } = this;
    await this.runTimers();
    const round = await openRound(below, await seen(below, 'byPhone', 'DISASTER'));
    const { roundId } = this.keep('byPhone', 'voted on by phone and by link', round);
    for (const key of ['third', 'fourth'])
      await below.service(BallotsService).castBallot(below.as('secretary'), {
        ...{ roundId, directorId: below.personId(key), choice: 'yes', why: null },
      });
    const asked = { roundId, directorIds: null };
    await below.service(BallotLinksService).makeLinks(below.as('secretary'), asked);
    await openFast(
      below,
      this.keep('waiting', 'fast path, waiting for two', await seen(below, 'waiting', 'ILLNESS')),
      'LIFE',
    );
  }

  private async doNotRatify(): Promise<void> {
    await ratify(this.below, this.of('hasty'), 'no');
    await publish(this.below, 'case', this.of('hasty').caseId);
    await this.askAgain();
  }

  /** The same cause a second time in a year: the town says that it is another event. */
  private async letAgain(reason: 'ANOTHER_EVENT'): Promise<void> {
    const overrideId = await this.askAgain();
    await this.town
      .service(OverridesService)
      .decide(this.town.as('chair'), { overrideId, reason, words: '看过现场（演示）。' });
    this.keep(
      'again',
      'the same cause again, let through by the town',
      await seen(this.below, 'again', 'FIRE'),
    );
    await raiseHands(this.below, await openRound(this.below, this.of('again')), ALL);
    await paidAndPosted(this.below, this.of('again'), 'DEMO-H-PAY-0023');
  }

  private async askAgain(): Promise<string> {
    const { overrideId } = await this.below.service(OverridesService).ask(this.below.as('secretary'), {
      ...{ kind: 'SAME_CAUSE', personId: this.below.personId('again'), cause: 'FIRE' },
      note: '又着了一次火，不是上次那一间（演示）。',
    });
    return overrideId;
  }

  private async refer({ caseId }: OpenCase, office: Office): Promise<void> {
    const typed = { caseId, office, note: null };
    await this.below.service(HandoversService).refer(this.below.as('secretary'), typed);
  }

  private async handed(key: BelowKey): Promise<string> {
    const handover = await this.below
      .service(HandoversQueries)
      .ofCase(this.below.societyId, this.of(key).caseId);
    if (!handover) throw new Error(`${key} was not handed on`);
    return handover.id;
  }

  private async runTimers(): Promise<void> {
    await this.below.service(Timers).runDue();
  }

  private keep<Of extends OpenCase>(key: BelowKey, way: string, made: Of): Of {
    this.made.set(key, made);
    this.ways.push({ key, way });
    return made;
  }

  private of(key: BelowKey): OpenCase {
    const made = this.made.get(key);
    if (!made) throw new Error(`${key} has no case yet`);
    return made;
  }
}

const ALL = ['chair', 'deputy', 'third', 'fourth', 'fifth'] as const;
const LOOKED = ['neighbour', 'teacher'] as const;

const cue = (at: string, play: () => Promise<void>): Cue => ({ at, play });
