import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { showsContent } from '../../notices/domain/public-face.js';
import { NoticesQueries } from '../../notices/index.js';
import type { NoticeLine } from '../../notices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { hindersOf } from '../domain/donor-right.js';
import type { UnderWay } from '../domain/donor-right.js';
import { giversOfCorrection, giversOfList, namesDonor } from '../domain/donor-named.js';
import type { GiftOfList, PrintedGiver } from '../domain/donor-named.js';
import type { DonorKind } from '../domain/donor.js';
import { DONATION_LIST } from '../lists/donation-list.kind.js';
import { DonationListQueries } from '../lists/donation-list.queries.js';
import { DonorSeals } from '../donors/donor.seals.js';

type On = { readonly on: Day };

/** What stands against erasing a donor, as the unit that would erase him sees it. */
@Injectable()
export class DonorHinders {
  constructor(
    private readonly lists: DonationListQueries,
    private readonly notices: NoticesQueries,
    private readonly seals: DonorSeals,
  ) {}

  /** Of a company nothing goes but the phone of its contact: what that phone is still needed for. */
  async of(tx: Tx, kind: DonorKind, donorIds: readonly string[]): Promise<string[]> {
    const phone = await this.ofPhone(tx, donorIds);
    return hindersOf(
      kind === 'COMPANY' ? { ...NOTHING, ...phone } : { ...(await this.ofRest(tx, donorIds)), ...phone },
    );
  }

  private async ofPhone(tx: Tx, donorIds: readonly string[]) {
    return {
      refunds: await daysOf(
        donorIds,
        (id) => tx.read<On>`
          SELECT g.given_on AS "on" FROM gift_refunds r JOIN gifts g ON g.id = r.gift_id
          WHERE g.donor_id = ${id} AND r.open_key IS NOT NULL ORDER BY r.asked_at, r.id`,
      ),
      copies: (await each(donorIds, (id) => this.copies(tx, id))).length,
    };
  }

  private async ofRest(tx: Tx, donorIds: readonly string[]): Promise<Omit<UnderWay, 'refunds' | 'copies'>> {
    return {
      pledges: await daysOf(
        donorIds,
        (id) => tx.read<On>`
          SELECT given_on AS "on" FROM gifts WHERE donor_id = ${id} AND state = 'PLEDGED' ORDER BY given_on, id`,
      ),
      questions: (await each(donorIds, (id) => this.questions(tx, id))).length,
      receiptsDue: await daysOf(
        donorIds,
        (id) => tx.read<On>`
          SELECT given_on AS "on" FROM gifts
          WHERE donor_id = ${id} AND state = 'RECEIVED' AND receipt_state = 'DUE' ORDER BY given_on, id`,
      ),
      goods: await daysOf(
        donorIds,
        (id) => tx.read<On>`
          SELECT received_on AS "on" FROM goods_deliveries
          WHERE donor_id = ${id} AND state IN ('RECEIVED', 'INSPECTED', 'VALUED') ORDER BY received_on, id`,
      ),
      restricted: await each(donorIds, (id) => this.restricted(tx, id)),
      lists: await this.papersNaming(tx, donorIds),
    };
  }

  private questions(tx: Tx, id: string): Promise<{ id: string }[]> {
    return tx.read<{ id: string }>`
      SELECT DISTINCT c.id AS "id" FROM use_changes c JOIN use_change_lots p ON p.change_id = c.id
      JOIN gifts g ON g.id = p.gift_id
      WHERE g.donor_id = ${id} AND c.open_key IS NOT NULL AND p.state = 'FROZEN'`;
  }

  private copies(tx: Tx, id: string): Promise<{ id: string }[]> {
    return tx.read<{ id: string }>`
      SELECT id AS "id" FROM donor_requests WHERE donor_id = ${id} AND kind = 'COPY' AND state = 'WAITING'`;
  }

  /** What came by a public campaign follows the plan filed for it, and asks no giver (`basisOf`). */
  private async restricted(tx: Tx, id: string) {
    const rows = await tx.read<{ givenOn: Day; leftFen: number | string }>`
      SELECT g.given_on AS "givenOn", SUM(l.left_fen) AS "leftFen"
      FROM gifts g JOIN gift_lots x ON x.gift_id = g.id JOIN lots l ON l.id = x.lot_id
      WHERE g.donor_id = ${id} AND g.intent IN ('PURPOSE', 'FUND', 'PROJECT') AND g.campaign_id IS NULL
      GROUP BY g.id, g.given_on HAVING SUM(l.left_fen) > 0 ORDER BY g.given_on, g.id`;
    return rows.map(({ givenOn, leftFen }) => ({ givenOn, leftFen: fen(Number(leftFen)) }));
  }

  /** Of all papers about the lists with a gift of his those that print his name and are not out of public yet. */
  private async papersNaming(tx: Tx, donorIds: readonly string[]): Promise<UnderWay['lists']> {
    const lists = await each(
      donorIds,
      (id) => tx.read<{ listId: string }>`
        SELECT DISTINCT l.list_id AS "listId" FROM donation_list_gifts l JOIN gifts g ON g.id = l.gift_id
        WHERE g.donor_id = ${id} ORDER BY l.list_id`,
    );
    const naming: UnderWay['lists'][number][] = [];
    for (const listId of new Set(lists.map((row) => row.listId))) {
      const papers = await this.notices.allOfSubject(DONATION_LIST, listId);
      const [gifts, standing] = await this.giftsOf(tx, listId);
      for (const paper of papers) {
        if (paper.state === 'DISCARDED' || !showsContent(paper)) continue;
        const givers = giversOf(paper, papers, { gifts: gifts.length, standing });
        const what = paper.kind === 'CORRECTION' ? '更正公告' : '捐赠公示';
        if (namesDonor(givers, gifts, donorIds)) naming.push({ number: paper.issue?.number ?? null, what });
      }
    }
    return naming;
  }

  /** In the order in which they are printed, and how many of them are gifts still. */
  private async giftsOf(tx: Tx, listId: string): Promise<[GiftOfList[], standing: number]> {
    const now = await this.lists.giftsOf(listId);
    const rows = await tx.read<{ donorId: string | null; givenOn: Day; sealed: string | null }>`
      SELECT g.donor_id AS "donorId", g.given_on AS "givenOn", d.name_sealed AS "sealed"
      FROM donation_list_gifts l JOIN gifts g ON g.id = l.gift_id LEFT JOIN donors d ON d.id = g.donor_id
      WHERE l.list_id = ${listId} ORDER BY g.given_on, g.id`;
    const gifts = rows.map(({ donorId, givenOn, sealed }) => ({
      ...{ donorId, givenOn },
      name: donorId === null || sealed === null ? null : this.seals.open('name', donorId, sealed),
    }));
    return [gifts, now.filter(({ isReceived, leftFen }) => isReceived && leftFen > 0).length];
  }
}

const NOTHING: UnderWay = {
  ...{
    pledges: [],
    refunds: [],
    questions: 0,
    receiptsDue: [],
    goods: [],
    restricted: [],
    lists: [],
    copies: 0,
  },
};

/** Whom a list or a correction of it prints. */
function giversOf(
  paper: NoticeLine,
  papers: readonly NoticeLine[],
  counts: { readonly gifts: number; readonly standing: number },
): PrintedGiver[] {
  if (paper.kind === 'DONATION_LIST') return giversOfList(paper.words.gifts, counts.gifts);
  if (paper.kind !== 'CORRECTION') return [];
  const { corrects, changes } = paper.words;
  const corrected = papers.find(({ issue }) => issue?.number === corrects);
  const printed = corrected?.kind === 'DONATION_LIST' ? corrected.words.gifts.length : null;
  return giversOfCorrection(changes, { ...counts, printed });
}

async function each<Row>(ids: readonly string[], read: (id: string) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const id of ids) rows.push(...(await read(id)));
  return rows;
}

const daysOf = async (ids: readonly string[], read: (id: string) => Promise<On[]>): Promise<Day[]> =>
  (await each(ids, read)).map(({ on }) => on);
