import { DonorsService, GiftsService, ReceiptsService } from '../donations/index.js';
import type { GiftTyped } from '../donations/index.js';
import { day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Cue, Stage } from './stage.js';

type DemoDonor = Parameters<DonorsService['registerDonor']>[1];

/** Names that say they are made up; the code of the company is one of the synthetic ones. */
const DONORS = {
  entrepreneur: {
    ...{
      kind: 'PERSON',
      group: 'OUTSIDE_ENTREPRENEUR',
      name: '虚构捐赠人甲',
      phone: '19900000901',
      uscc: null,
    },
    ...{ homePlace: '演示柳溪村', publishesName: true },
  },
  cadre: {
    ...{ kind: 'PERSON', group: 'RETIRED_CADRE', name: '虚构捐赠人乙', phone: '19900000902', uscc: null },
    ...{ homePlace: '演示柳溪村', publishesName: false },
  },
  company: {
    ...{ kind: 'COMPANY', group: 'ENTERPRISE', name: '演示县柳编厂（虚构）', phone: null },
    ...{ uscc: '9144030071526726XG', homePlace: null, publishesName: true },
  },
} as const satisfies Record<string, DemoDonor>;

const ANY = { intent: 'UNRESTRICTED', intentWords: '', purseId: null, purpose: null } as const;
const FOR_FIRE = {
  intent: 'PURPOSE',
  purpose: '火灾',
  purseId: null,
  intentWords: '给遭火灾的乡亲应急',
} as const;

/** What is given to the first village: before its fire is paid for, so that a gift can be followed to its use. */
export class GiftsPlay {
  /** In the order of the summary: those that have a receipt. */
  readonly receipted: string[] = [];

  constructor(private readonly village: Stage) {}

  get cues(): readonly Cue[] {
    return [
      { at: '2026-03-05 09:40', play: () => this.give() },
      { at: '2026-03-06 15:10', play: () => this.issue() },
    ];
  }

  private async give(): Promise<void> {
    const donors = this.village.service(DonorsService);
    const ids = new Map<string, string>();
    for (const [key, draft] of Object.entries(DONORS)) {
      const { donorId } = await donors.registerDonor(this.village.as('accountant'), draft);
      ids.set(key, donorId);
    }
    const of = (key: keyof typeof DONORS) => ids.get(key) ?? null;
    this.receipted.push(
      await this.gift(50_000, { ...FOR_FIRE, donorId: of('entrepreneur'), bankReference: 'DEMO-G-1' }),
      await this.gift(500_000, { ...ANY, donorId: of('company'), bankReference: 'DEMO-G-2' }),
      await this.gift(20_000, { ...ANY, donorId: of('cadre'), method: 'CASH', bankReference: null }),
    );
    await this.gift(10_000, { ...ANY, donorId: null, bankReference: 'DEMO-G-4' });
    await this.gift(2_000, { ...ANY, donorId: of('cadre'), nature: 'FEE', bankReference: 'DEMO-G-5' });
    const gifts = this.village.service(GiftsService);
    await gifts.recordUnknown(this.village.as('accountant'), {
      ...{ amountFen: fen(30_000), receivedOn: day('2026-03-05') },
      ...{ bankReference: 'DEMO-G-6', note: '附言：给村里（演示）' },
    });
    await gifts.pledgeGift(this.village.as('accountant'), {
      ...ANY,
      ...{ donorId: of('company'), amountFen: fen(1_000_000), pledgedOn: day('2026-03-05') },
    });
  }

  private async gift(
    amountFen: number,
    more: Partial<GiftTyped> & Pick<GiftTyped, 'donorId' | 'bankReference' | 'intent'>,
  ): Promise<string> {
    const typed: GiftTyped = {
      ...ANY,
      nature: 'GIFT',
      method: 'BANK',
      receivedOn: day('2026-03-05'),
      receivedBy: this.village.people.get('cashier')?.personId ?? null,
      ...more,
      amountFen: fen(amountFen),
    };
    const caller = this.village.as('accountant');
    return (await this.village.service(GiftsService).recordGift(caller, typed)).giftId;
  }

  private async issue(): Promise<void> {
    const receipts = this.village.service(ReceiptsService);
    for (const giftId of this.receipted)
      await receipts.issueReceipt(this.village.as('accountant'), { giftId });
  }
}
