import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { maskName } from '../../kernel/chinese/name-mask.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';
import { sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { Purse } from '../../ledger/index.js';
import { purseName } from '../../ledger/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { DonorSeals } from '../donors/donor.seals.js';
import { DonorsService } from '../donors/donors.service.js';
import { GiftImportNotFound, SheetMovedOn } from '../domain/gift-import.errors.js';
import { donorKeyOf, DonorRegister, donorsIn, faultsInOrder } from '../domain/gift-import.js';
import type {
  DonorInSheet,
  DonorMatch,
  GiftColumn,
  GiftFault,
  GiftSheet,
  SheetDonor,
  SheetGift,
} from '../domain/gift-import.js';
import { purseOf } from '../domain/gift.js';
import { alikeKey, GiftImportQueries, purseNamed } from './gift-import.queries.js';
import type { ImportGround } from './gift-import.queries.js';
import { GiftImportStore } from './gift-import.store.js';
import { GiftsService } from '../gifts/gifts.service.js';

/** A row that is right, as it would be recorded. Persons are masked. */
export type GiftLine = {
  readonly row: number;
  /** Null for whoever does not want to be known. */
  readonly donor: {
    readonly shownName: string;
    readonly isNew: boolean;
    readonly hasNamesake: boolean;
  } | null;
  readonly amountFen: Fen;
  readonly receivedOn: string;
  readonly method: 'BANK' | 'CASH';
  readonly purse: string;
  /** The same donor gave the same on that day before: it may be this very gift. */
  readonly mayBeTwice: boolean;
};

export type GiftImportSums = {
  readonly gifts: number;
  readonly amountFen: Fen;
  readonly newDonors: number;
  readonly knownDonors: number;
  readonly anonymous: number;
  readonly mayBeTwice: number;
};

export type GiftPreview = {
  /** To be confirmed; null where a cell is wrong, since then nothing is taken in. */
  readonly importId: string | null;
  readonly rows: number;
  readonly faults: readonly GiftFault[];
  readonly sums: GiftImportSums;
  /** The first of them. */
  readonly lines: readonly GiftLine[];
};

export type GiftsImported = { readonly importId: string } & GiftImportSums;

type Planned = {
  readonly gift: SheetGift;
  readonly purse: Purse;
  /** By `donorKeyOf`; null for an anonymous gift. */
  readonly donorKey: string | null;
  readonly mayBeTwice: boolean;
};
type Plan = {
  readonly faults: readonly GiftFault[];
  readonly gifts: readonly Planned[];
  readonly donors: ReadonlyMap<string, DonorInSheet & { readonly match: DonorMatch }>;
};

/** An answer is kept with its command, in a TEXT of 64 KB. */
const MOST_LINES = 50;

/** Sheets of gifts and their donors: read and shown first, taken in whole or not at all. */
@Injectable()
export class GiftImportService {
  constructor(
    private readonly imports: GiftImportStore,
    private readonly queries: GiftImportQueries,
    private readonly gifts: GiftsService,
    private readonly donors: DonorsService,
    private readonly seals: DonorSeals,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Looks at every row. A sheet without a fault is kept for two hours, to be confirmed; any other is kept nowhere. */
  async previewSheet(caller: Caller, sheet: GiftSheet): Promise<GiftPreview> {
    const societyId = societyOf(caller.actor);
    const looked = await this.lookAt(caller.actor, sheet);
    if (looked.faults.length > 0) return looked;
    return this.commands.run(caller, { act: 'previewDonations', body: sheet.rows }, async (tx, trail) => {
      await this.imports.refuseTaken(tx, societyId, sheet.rows);
      const importId = await this.imports.keep(tx, societyId, caller.actor.accountId, sheet.rows);
      trail.on('gift-import', importId, { words: '读入捐赠表格，等待确认' });
      return { ...looked, importId };
    });
  }

  /** The same without keeping anything: what would be recorded, and what is wrong. */
  async lookAt(actor: Actor, sheet: GiftSheet): Promise<GiftPreview> {
    const societyId = societyOf(actor);
    const plan = this.plan(societyId, sheet.rows, await this.queries.ground(societyId, sheet.rows));
    return {
      importId: null,
      rows: sheet.typed.length,
      faults: faultsInOrder([...sheet.faults, ...plan.faults]),
      sums: sumsOf(plan),
      lines: plan.gifts.slice(0, MOST_LINES).map((planned) => lineOf(planned, plan)),
    };
  }

  /** Takes in what was shown, all of it in one unit; asked twice, it is done once. */
  async confirmSheet(caller: Caller, asked: { readonly importId: string }): Promise<GiftsImported> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'confirmDonations', body: asked }, async (tx, trail) => {
      const rows = await this.imports.take(tx, societyId, asked.importId);
      return this.takeIn(tx, trail, caller, asked.importId, rows);
    });
  }

  /** From the command line: a sheet without a fault is taken in at once, the same sheet once. */
  async importSheet(caller: Caller, sheet: GiftSheet): Promise<GiftPreview | GiftsImported> {
    const societyId = societyOf(caller.actor);
    if (sheet.faults.length > 0) return this.lookAt(caller.actor, sheet);
    const command = { act: 'importDonations', body: sheet.rows };
    try {
      return await this.commands.run(caller, command, async (tx, trail) => {
        const importId = await this.imports.takeAtOnce(tx, societyId, sheet.rows);
        return this.takeIn(tx, trail, caller, importId, sheet.rows);
      });
    } catch (error) {
      if (error instanceof SheetMovedOn) return this.lookAt(caller.actor, sheet);
      throw error;
    }
  }

  /** A preview that nobody confirmed holds names and phones: it does not outlive its two hours. */
  async purge(now: Date): Promise<number> {
    let purged = 0;
    for (const importId of await this.queries.expired(now))
      try {
        await this.commands.timer('purgeGiftImport', async (tx, trail) => {
          await this.imports.purge(tx, importId, now);
          trail.on('gift-import', importId, { words: '捐赠表格过了时间，已删除' });
        });
        purged++;
      } catch (error) {
        if (!(error instanceof GiftImportNotFound)) throw error; // another program was first
      }
    return purged;
  }

  private async takeIn(
    tx: Tx,
    trail: Trail,
    caller: Caller,
    importId: string,
    rows: readonly SheetGift[],
  ): Promise<GiftsImported> {
    const societyId = societyOf(caller.actor);
    const ground = await this.queries.ground(societyId, rows, (text, ...values) => tx.read(text, ...values));
    const plan = this.plan(societyId, rows, ground);
    const [wrong] = plan.faults;
    if (wrong) throw new SheetMovedOn(plan.faults.length, wrong.row, wrong.reason);
    const ids = new Map<string, string>();
    for (const { key, donor, match } of plan.donors.values())
      ids.set(key, await this.donorIdOf(tx, trail, societyId, donor, match));
    for (const { gift, purse, donorKey } of plan.gifts) {
      const donorId = donorKey === null ? null : (ids.get(donorKey) ?? null);
      await this.gifts.receiveGift(tx, trail, caller, { ...typedOf(gift), donorId }, purse);
    }
    const sums = sumsOf(plan);
    const words = `用表格记捐赠 ${sums.gifts} 笔，共 ${yuanText(sums.amountFen)} 元`;
    trail.on('gift-import', importId, { words, after: sums });
    return { importId, ...sums };
  }

  private async donorIdOf(
    tx: Tx,
    trail: Trail,
    societyId: string,
    { publishes, ...donor }: SheetDonor,
    match: DonorMatch,
  ): Promise<string> {
    if (match.is === 'known') return match.donorId;
    // Who was not asked has not agreed (PIPL 25).
    const draft = { ...donor, publishesName: publishes ?? false };
    return (await this.donors.enterDonor(tx, trail, societyId, draft)).donorId;
  }

  private plan(societyId: string, rows: readonly SheetGift[], ground: ImportGround): Plan {
    const register = new DonorRegister(ground.donors, {
      name: (name) => this.seals.index('name', societyId, name),
      phone: (phone) => this.seals.index('phone', societyId, phone),
    });
    const donors = new Map(
      donorsIn(rows).map((each) => [each.key, { ...each, match: register.match(each.donor) }]),
    );
    const faults: GiftFault[] = [];
    const refuse = (row: number, column: GiftColumn, reason: string) =>
      void faults.push({ row, column, reason });
    for (const { match, rows: named } of donors.values())
      if (match.is === 'refused') for (const row of named) refuse(row, match.column, match.reason);
    const gifts = rows.flatMap((gift) => {
      const donorKey = gift.donor && donorKeyOf(gift.donor);
      const match = donorKey === null ? null : (donors.get(donorKey)?.match ?? null);
      const purse = this.purseIn(ground, gift, refuse);
      if (gift.receivedOn > dayOf(this.clock.now()))
        refuse(gift.row, 'receivedOn', '收到的日期在今天以后，请照银行回单填');
      if (gift.bankReference !== null && ground.bankLines.has(gift.bankReference))
        refuse(gift.row, 'bankReference', '这条银行流水已经记过一笔捐赠');
      if (!purse) return [];
      const { receivedOn, amountFen } = gift;
      const mayBeTwice =
        match?.is === 'known' && ground.alike.has(alikeKey(match.donorId, receivedOn, amountFen));
      return [{ gift, purse, donorKey, mayBeTwice }];
    });
    return { faults, gifts, donors };
  }

  private purseIn(
    { purses }: ImportGround,
    { row, intent, purpose }: SheetGift,
    refuse: (row: number, column: GiftColumn, reason: string) => void,
  ): Purse | null {
    const isChosen = intent === 'FUND' || intent === 'PROJECT';
    const found = isChosen ? purseNamed(purses, intent, purpose ?? '') : null;
    if (found === 'several') refuse(row, 'purpose', '不止一个基金有这个项目，请写成 基金全名 · 项目名');
    else if (isChosen && !found)
      refuse(
        row,
        'purpose',
        intent === 'FUND' ? '没有这个基金，请填全名' : '没有这个项目，请写成 基金全名 · 项目名',
      );
    else
      try {
        return purseOf({ intent, purpose: intent === 'PURPOSE' ? purpose : null, purse: found });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refuse(row, 'purpose', `${error.message}${error.advice}`);
      }
    return null;
  }
}

function typedOf({ amountFen, receivedOn, method, bankReference, intent, purpose, remark }: SheetGift) {
  return {
    nature: 'GIFT' as const,
    ...{ amountFen, receivedOn, method, bankReference, intent },
    receivedBy: null,
    intentWords: remark ?? '',
    purseId: null,
    purpose: intent === 'PURPOSE' ? purpose : null,
  };
}

function sumsOf({ gifts, donors }: Plan): GiftImportSums {
  const matches = [...donors.values()].map(({ match }) => match.is);
  return {
    gifts: gifts.length,
    amountFen: sumOf(gifts.map(({ gift }) => gift.amountFen)),
    newDonors: matches.filter((is) => is === 'new').length,
    knownDonors: matches.filter((is) => is === 'known').length,
    anonymous: gifts.filter(({ donorKey }) => donorKey === null).length,
    mayBeTwice: gifts.filter(({ mayBeTwice }) => mayBeTwice).length,
  };
}

function lineOf({ gift, purse, donorKey, mayBeTwice }: Planned, { donors }: Plan): GiftLine {
  const found = donorKey === null ? undefined : donors.get(donorKey);
  const { row, amountFen, receivedOn, method } = gift;
  return {
    ...{ row, amountFen, receivedOn, method, mayBeTwice },
    purse: purseName(purse),
    donor: found
      ? {
          shownName: found.donor.kind === 'COMPANY' ? found.donor.name : maskName(found.donor.name),
          isNew: found.match.is === 'new',
          hasNamesake: found.match.is === 'new' && found.match.hasNamesake,
        }
      : null,
  };
}
