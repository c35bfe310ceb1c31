import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AccessSweep } from '../access/index.js';
import { TrailSealer } from '../audit/index.js';
import { RoundsService } from '../board/index.js';
import { DraftsService, FastPathService } from '../cases/index.js';
import {
  AccountsService,
  GiftImportService,
  GiftTextsService,
  GoodsService,
  WebhookSender,
} from '../donations/index.js';
import { Clock } from '../kernel/clock.js';
import { MonthsRollup } from '../ledger/index.js';
import { MessagesSender, MessagesService } from '../messages/index.js';
import {
  DeskMovesService,
  DigitalSigningService,
  ExpiriesService,
  NoticesService,
} from '../notices/index.js';
import { PeopleService, RetentionService } from '../people/index.js';
import { ClockWatch } from '../platform/clock-watch.js';
import { FileSweep } from '../platform/files/file-sweep.js';
import { ReliefEndingService } from '../relief/index.js';
import { stackOf } from '../platform/observability/stack.js';

const EVERY_MS = 30_000;
const SEND_EVERY_MS = 5_000;
/** The seal lags behind the trail by no more than 5 s (quality.md G19). */
const SEAL_EVERY_MS = 2_000;

/**
 * What happens by the clock alone: a round whose deadline has come, a fast path not signed in time, a notice whose
 * period is over, a draft that nobody came back for. Each is a guarded
 * act of its own, so that two programs that wake at the same moment do it once. While the clock is in doubt nothing is
 * ended, sent, sealed or erased by it.
 */
@Injectable()
export class Timers {
  private readonly logger = new Logger(Timers.name);
  private isBeating = false;
  private isSending = false;
  private isTexting = false;
  private isSealing = false;

  constructor(
    private readonly rounds: RoundsService,
    private readonly fastPaths: FastPathService,
    private readonly notices: NoticesService,
    private readonly expiries: ExpiriesService,
    private readonly objectionDesks: DeskMovesService,
    private readonly noticeFiles: DigitalSigningService,
    private readonly people: PeopleService,
    private readonly drafts: DraftsService,
    private readonly relief: ReliefEndingService,
    private readonly giftImports: GiftImportService,
    private readonly goods: GoodsService,
    private readonly accounts: AccountsService,
    private readonly webhooks: WebhookSender,
    private readonly messages: MessagesService,
    private readonly giftTexts: GiftTextsService,
    private readonly texts: MessagesSender,
    private readonly sealer: TrailSealer,
    private readonly access: AccessSweep,
    private readonly retention: RetentionService,
    private readonly fileSweep: FileSweep,
    private readonly months: MonthsRollup,
    private readonly clock: Clock,
    private readonly watch: ClockWatch,
  ) {}

  /** A stroke that lasts longer than the beat is left to end: a second beside it would wait for the rows of the first. */
  @Interval(EVERY_MS)
  async beat(): Promise<void> {
    if (this.isBeating) return;
    this.isBeating = true;
    try {
      await this.runDue();
    } finally {
      this.isBeating = false;
    }
  }

  /** Does what is due now. The demo and the tests call it after they have moved the clock. */
  async runDue(): Promise<void> {
    if (await this.isResting()) return;
    const now = this.clock.now();
    await this.attempt('closing rounds', () => this.rounds.closeDue(now));
    await this.attempt('ending fast paths', () => this.fastPaths.expireDue(now));
    await this.attempt('ending notices', () => this.notices.endDue(now));
    await this.attempt('withdrawing notices', () => this.expiries.withdrawDue(now));
    await this.attempt('moving objections to whoever names the two', () => this.objectionDesks.moveDue());
    await this.attempt('signing files of notices', () => this.noticeFiles.signDue(now));
    await this.attempt('ending relief that was not completed', () => this.relief.expireDue(now));
    await this.attempt('forgetting imports', () => this.people.purgeImports(now));
    await this.attempt('asking for accounts', () => this.accounts.askDue(now));
    await this.attempt('asking about goods that expire', () => this.goods.checkDue(now));
    await this.attempt('writing down uses of gifts', () => this.webhooks.collectUses(now));
    await this.attempt('forgetting sheets of gifts', () => this.giftImports.purge(now));
    await this.attempt('reminding of duties', () => this.messages.remindOfDuties(now));
    await this.attempt('telling donors of uses', () => this.giftTexts.tellUses(now));
    await this.attempt('summing up months by place', () => this.months.rollDue());
    await this.attempt('forgetting texts', () => this.texts.forget(now));
    await this.attempt('forgetting drafts', () => this.drafts.purge(now));
    await this.attempt('forgetting tries to sign in', () => this.access.forgetOld(now));
    await this.attempt('forgetting what is kept long enough', () => this.retention.runDaily(now));
    await this.attempt('removing bytes that nothing names', () => this.fileSweep.runDaily(now));
  }

  /** By a clock of its own: others take their time to answer, and hold up nothing of ours. */
  @Interval(SEND_EVERY_MS)
  async sendWebhooks(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    if (!(await this.isResting()))
      await this.attempt('sending webhooks', () => this.webhooks.sendDue(this.clock.now()));
    this.isSending = false;
  }

  /** The same for texts: a slow operator holds up no webhook. */
  @Interval(SEND_EVERY_MS)
  async sendTexts(): Promise<void> {
    if (this.isTexting) return;
    this.isTexting = true;
    if (!(await this.isResting()))
      await this.attempt('sending texts', () => this.texts.sendDue(this.clock.now()));
    this.isTexting = false;
  }

  @Interval(SEAL_EVERY_MS)
  async sealDue(): Promise<void> {
    if (this.isSealing) return;
    this.isSealing = true;
    if (!(await this.isResting())) await this.attempt('sealing the trail', () => this.sealer.sealDue());
    this.isSealing = false;
  }

  /** Whoever plays a demo or a test seals by hand: a head that came by the clock of the machine would differ each time. */
  stopSealing(): void {
    this.isSealing = true;
  }

  /** Also where nobody can say what time it is: a database that does not answer would fail each of them anyway. */
  private async isResting(): Promise<boolean> {
    let isRight = false;
    await this.attempt('looking at the clock', async () => {
      isRight = (await this.watch.look()) === null;
    });
    return !isRight;
  }

  /** One that cannot go on does not hold up the others. */
  private async attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error(`A timer failed: ${what}`, stackOf(error));
    }
  }
}
