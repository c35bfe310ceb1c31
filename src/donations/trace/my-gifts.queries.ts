import { Injectable } from '@nestjs/common';
import { Reads } from '../../platform/database/reads.js';
import { DonorNotFound, GiftNotFound } from '../domain/donations.errors.js';
import type { DonorKind } from '../domain/donor.js';
import { ReceiptNotFound } from '../domain/receipt.errors.js';
import { UseQuestionsQueries } from '../change-of-use/use-questions.queries.js';
import type { UseQuestion } from '../change-of-use/use-questions.queries.js';
import { TraceReading } from './trace.reading.js';
import type { ToldGift, ToldReceipt } from './trace.reading.js';

/** One of the records that an account is linked to: the same donor, as one society knows him. */
export type MyRecord = {
  readonly donorId: string;
  readonly societyId: string;
  readonly kind: DonorKind;
  readonly shownName: string;
  readonly uscc: string | null;
  readonly publishesName: boolean;
};

export type MyGifts = { readonly records: readonly MyRecord[]; readonly gifts: readonly ToldGift[] };

/** Gifts that a society takes for his, told by its name alone until he says so himself. */
export type Offer = { readonly donorId: string; readonly society: string };
export type MyHome = MyGifts & {
  readonly offers: readonly Offer[];
  readonly questions: readonly UseQuestion[];
};

type RawRecord = Omit<MyRecord, 'publishesName'> & { publishesName: number | string };

/** What a donor sees: by his account, and by nothing that stands in an address. */
@Injectable()
export class MyGiftsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly reading: TraceReading,
    private readonly questions: UseQuestionsQueries,
  ) {}

  /** The newest gift first, of every society that knows him by this account. */
  async all(accountId: string): Promise<MyGifts> {
    const records = await this.recordsOf(accountId);
    return { records, gifts: await this.reading.ofDonors(records.map(({ donorId }) => donorId)) };
  }

  async home(accountId: string): Promise<MyHome> {
    const offers = await this.reads.all<Offer>`
      SELECT d.id AS "donorId", o.name AS "society"
      FROM donors d JOIN organisations o ON o.id = d.society_id
      WHERE d.offered_account_id = ${accountId} AND d.account_id IS NULL AND d.merged_into_id IS NULL
      ORDER BY d.id`;
    return { ...(await this.all(accountId)), offers, questions: await this.questions.open(accountId) };
  }

  /** Somebody else's gift is not found, like one that never was. */
  async gift(accountId: string, giftId: string): Promise<{ told: ToldGift; all: MyGifts }> {
    const all = await this.all(accountId);
    const told = all.gifts.find(({ gift }) => gift.id === giftId);
    if (!told) throw new GiftNotFound();
    return { told, all };
  }

  async receipt(accountId: string, receiptId: string): Promise<ToldReceipt & { readonly societyId: string }> {
    const { gifts } = await this.all(accountId);
    for (const { gift, receipts } of gifts) {
      const receipt = receipts.find(({ id }) => id === receiptId);
      if (receipt) return { ...receipt, societyId: gift.societyId };
    }
    throw new ReceiptNotFound();
  }

  /** The record of the account in one society; nobody else's. */
  async record(accountId: string, donorId: string): Promise<MyRecord> {
    const record = (await this.recordsOf(accountId)).find((each) => each.donorId === donorId);
    if (!record) throw new DonorNotFound();
    return record;
  }

  /** The records of the account, without what became of their gifts. */
  async recordsOf(accountId: string): Promise<MyRecord[]> {
    const rows = await this.reads.all<RawRecord>`
      SELECT id AS "donorId", society_id AS "societyId", kind AS "kind", shown_name AS "shownName", uscc AS "uscc",
             publishes_name AS "publishesName"
      FROM donors WHERE account_id = ${accountId} AND merged_into_id IS NULL ORDER BY id`;
    return rows.map((row) => ({ ...row, publishesName: Number(row.publishesName) === 1 }));
  }
}
