import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, endOfDay } from '../../kernel/day.js';
import { purseName } from '../../ledger/index.js';
import { PaperPrinter } from '../../platform/pdf/printer.js';
import { SocietiesQueries } from '../../societies/index.js';
import { statementOf, statementPaper, statementYear } from '../domain/statement.js';
import type { Statement } from '../domain/statement.js';
import { DonorSecrets } from '../donors/donor-secrets.queries.js';
import { DonorsQueries } from '../donors/donors.queries.js';
import type { DonorRow } from '../donors/donors.queries.js';
import { GiftsQueries } from '../gifts/gifts.queries.js';
import { ReceiptsQueries } from './receipts.queries.js';

export type DonorYear = {
  readonly donor: DonorRow;
  readonly statement: Statement;
  /** In which he gave something, the oldest first. */
  readonly years: readonly number[];
};

/** What one donor gave in a year, and what became of each gift, as it stands today. */
@Injectable()
export class StatementsReading {
  constructor(
    private readonly donors: DonorsQueries,
    private readonly gifts: GiftsQueries,
    private readonly receipts: ReceiptsQueries,
    private readonly secrets: DonorSecrets,
    private readonly societies: SocietiesQueries,
    private readonly printer: PaperPrinter,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Four questions, however many gifts there are. */
  async of(societyId: string, donorId: string, typedYear: string | number): Promise<DonorYear> {
    const today = dayOf(this.clock.now());
    const year = statementYear(typedYear, today);
    const donor = await this.donors.donor(societyId, donorId);
    const gifts = await this.gifts.ofDonorInYear(societyId, donorId, year);
    const numbers = await this.receipts.standingOf(societyId, donorId);
    const rows = gifts.map(({ id, givenOn, form, fund, restriction, ...sums }) => ({
      ...{ givenOn, form, purse: purseName({ fund, restriction }), receiptNumber: numbers.get(id) ?? null },
      ...{ amountFen: sums.amountFen, usedFen: sums.usedFen, managedFen: sums.managedFen },
      ...{ unspentFen: sums.unspentFen, refundedFen: sums.refundedFen },
    }));
    const years = await this.gifts.yearsOfDonor(societyId, donorId);
    return { donor, statement: statementOf(year, today, rows), years };
  }

  /** It names the donor: the look of an officer, or of the donor himself, is kept in the trail. */
  async printFor(actor: Actor, societyId: string, donorId: string, year: string | number): Promise<Buffer> {
    const known = await this.of(societyId, donorId, year);
    const words = `看 ${known.statement.year} 年捐赠清单`;
    await this.commands.recordRead(actor, 'donor', donorId, { words });
    return this.print(societyId, known);
  }

  /** The same bytes on the same day, as long as nothing moved. */
  private async print(societyId: string, { donor, statement }: DonorYear): Promise<Buffer> {
    const { name } = await this.secrets.of(societyId, donor.id);
    const { name: issuer } = await this.societies.society(societyId);
    const content = statementPaper(statement, {
      ...{ name, isCompany: donor.kind === 'COMPANY', uscc: donor.uscc },
      issuer,
    });
    const { template, title } = content;
    const facts = { title: title.join(''), author: issuer, at: endOfDay(statement.on) };
    return (await this.printer.print({ template, content, facts })).pdf;
  }
}
