import { Injectable } from '@nestjs/common';
import { turnAt } from '../../access/domain/sign-in-delay.js';
import { Commands } from '../../audit/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import { Sealing } from '../../platform/crypto/sealing.js';
import { Transactions } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { sightOf } from '../domain/expiry.js';
import { NoticeClosed } from '../domain/incident.errors.js';
import { NotSignedYet } from '../domain/notices.errors.js';
import { lineOf, printCodeEnd, printCodeFrom, readPrintCode } from '../domain/print-code.js';
import { PrintCodeUnknown, TooManyPrintCodes } from '../domain/proof.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import { ProofQueries } from './proof.queries.js';
import { ProofStore } from './proof.store.js';

export type MadePrintCode = { readonly printCodeId: string; readonly code: string; readonly expiresAt: Date };

const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/**
 * 打印码: what is on a phone comes to a printer. Six digits are few, so each leads to one signed notice for ten minutes,
 * and whoever guesses waits longer and longer (as at the sign-in). What they would find is what hangs on the wall.
 */
@Injectable()
export class PrintCodesService {
  constructor(
    private readonly commands: Commands,
    private readonly transactions: Transactions,
    private readonly store: ProofStore,
    private readonly proofs: ProofQueries,
    private readonly notices: NoticesQueries,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The code is made from the key of its row and a key of the house: it stands in no row, and a repeated answer has it again. */
  async make(caller: Caller, noticeId: string): Promise<MadePrintCode> {
    const notice = await this.notices.notice(societyOf(caller.actor), noticeId);
    if (!notice.issue) throw new NotSignedYet();
    const sight = sightOf(notice);
    if (sight !== 'OPEN') throw new NoticeClosed(sight);
    const made = await this.commands.run(
      caller,
      { act: 'makePrintCode', body: { noticeId } },
      async (tx, trail) => {
        const at = this.clock.now();
        const [id, expiresAt] = [this.ids.next(), printCodeEnd(at)];
        await this.store.forgetPrintCodes(tx, at);
        const codeHash = this.hashOf(this.codeOf(id));
        const { accountId } = caller.actor;
        await this.store.insertPrintCode(tx, {
          id,
          noticeId,
          codeHash,
          madeBy: accountId,
          madeAt: at,
          expiresAt,
        });
        trail.on('notice', noticeId, { threadId: notice.threadId, words: '取打印码' });
        return { printCodeId: id, expiresAt: expiresAt.toISOString() };
      },
    );
    return {
      printCodeId: made.printCodeId,
      code: this.codeOf(made.printCodeId),
      expiresAt: new Date(made.expiresAt),
    };
  }

  /** The code made a moment ago, for the page that shows it; null once it is over. */
  async shown(noticeId: string, printCodeId: string): Promise<Omit<MadePrintCode, 'printCodeId'> | null> {
    const kept = await this.proofs.printCode(noticeId, printCodeId, this.clock.now());
    return kept && { code: this.codeOf(printCodeId), expiresAt: kept.expiresAt };
  }

  /** The check code of the notice that a print code leads to. Each try is counted before it is looked at. */
  async open(typed: string, address: string): Promise<string> {
    const code = readPrintCode(typed);
    if (code === null) throw new PrintCodeUnknown();
    const line = this.sealing.blindIndex('print-code/line', lineOf(address));
    const now = this.clock.now();
    await this.transactions.run(async (tx) => {
      const before = await this.store.findTries(tx, line);
      const turn = turnAt(now, before);
      if (!turn.may) throw new TooManyPrintCodes(turn.waitSeconds);
      await this.store.count(tx, line, before, turn, now);
    });
    const found = await this.proofs.byPrintCode(this.hashOf(code), now);
    if (!found) throw new PrintCodeUnknown();
    const old = new Date(now.getTime() - FORGOTTEN_AFTER_MS);
    await this.transactions.run((tx) => this.store.forgetTries(tx, line, old));
    return found.code;
  }

  private codeOf(printCodeId: string): string {
    return printCodeFrom(this.sealing.blindIndex('print-code/row', printCodeId));
  }

  private hashOf(code: string): string {
    return this.sealing.blindIndex('print-code/code', code);
  }
}
