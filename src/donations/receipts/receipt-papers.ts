import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PaperPrinter } from '../../platform/pdf/printer.js';
import { societyOf } from '../../platform/web/caller.js';
import { thanksPaper } from '../domain/receipt-paper.js';
import { ThanksForReceipt } from '../domain/receipt.errors.js';
import { ReceiptSeals } from './receipt.seals.js';
import { ReceiptsQueries } from './receipts.queries.js';

/** The receipt and the letter of thanks as paper: the same bytes each time. They name the donor: each look is kept. */
@Injectable()
export class ReceiptPapers {
  constructor(
    private readonly queries: ReceiptsQueries,
    private readonly seals: ReceiptSeals,
    private readonly printer: PaperPrinter,
    private readonly commands: Commands,
  ) {}

  async receipt(actor: Actor, receiptId: string): Promise<Buffer> {
    const { content, at } = await this.open(actor, receiptId, '看票据');
    const { template, title, issuer: author } = content;
    const facts = { title: title.join(''), author, at };
    return (await this.printer.print({ template, content, facts })).pdf;
  }

  /** For a receipt that stands: nobody is thanked on one that was taken back. */
  async thanks(actor: Actor, receiptId: string): Promise<Buffer> {
    const { state } = await this.queries.receipt(societyOf(actor), receiptId);
    if (state !== 'VALID') throw new ThanksForReceipt();
    const { content, at } = await this.open(actor, receiptId, '看感谢信');
    const letter = thanksPaper(content);
    const facts = { title: letter.title.join(''), author: letter.issuer, at };
    return (await this.printer.print({ template: letter.template, content: letter, facts })).pdf;
  }

  private async open(actor: Actor, receiptId: string, what: string) {
    const { giftId, number } = await this.queries.receipt(societyOf(actor), receiptId);
    const { contentSealed, issuedAt } = await this.queries.sealedOf(receiptId);
    const words = `${what} ${number}`;
    await this.commands.recordRead(actor, 'receipt', receiptId, { threadId: giftId, words });
    return { content: this.seals.open(receiptId, contentSealed), at: issuedAt };
  }
}
