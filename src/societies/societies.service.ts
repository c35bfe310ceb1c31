import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Trail } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { readUscc } from '../kernel/chinese/uscc.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import type { Tx } from '../platform/database/transactions.js';
import { charterFaultsIn } from './domain/charter.js';
import type { CharterTerms } from './domain/charter.js';
import { kindAt, mayBeParent } from './domain/founding.js';
import type { Founding, OrganisationKind } from './domain/founding.js';
import type { RegionRow } from './domain/region.js';
import {
  CharterBackdated,
  CharterNotAcceptable,
  CharterNotFound,
  CustodyStays,
  NobodyHoldsTheMoney,
  ParentNotAbove,
  RegionNotFound,
  UsccWrong,
} from './domain/societies.errors.js';
import { RegionsStore } from './regions.store.js';
import { SocietiesStore } from './societies.store.js';
import { SocietyFoundings } from './society-foundings.js';

const HELD = 'HELD_BY_FEDERATION';

@Injectable()
export class SocietiesService {
  constructor(
    private readonly commands: Commands,
    private readonly societies: SocietiesStore,
    private readonly regions: RegionsStore,
    private readonly foundings: SocietyFoundings,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Founds a society in a place, with the first version of its charter and all that contexts below begin with. */
  async found(caller: Caller, founding: Founding): Promise<{ societyId: string; boardCode: string }> {
    const uscc = usccOf(founding.uscc ?? null);
    refuseFaults(founding.charter);
    refuseNotYet(founding.charter, dayOf(this.clock.now()));
    return this.commands.run(caller, { act: 'foundSociety', body: founding }, async (tx, trail) => {
      const at = this.clock.now();
      const place = await this.regions.findOpen(tx, founding.regionCode);
      if (!place) throw new RegionNotFound(founding.regionCode);
      const kind = kindAt(place.level);
      const parentId = founding.parentId ?? null;
      if (parentId !== null && !mayBeParent((await this.societies.getOrganisation(tx, parentId)).kind, kind))
        throw new ParentNotAbove();

      const id = this.ids.next();
      const boardCode = this.ids.code();
      const { name, shortName } = founding;
      const { regionId } = place;
      const organisation = { id, kind, name, shortName, regionId, parentId, uscc, boardCode, createdAt: at };
      await this.societies.insertOrganisation(tx, organisation);
      await this.insertCharter(tx, id, 1, founding.charter);
      const heldById = await this.custodianOf(tx, founding, kind);
      await this.foundings.founded(tx, { id, name, heldById });
      trail.on('society', id, { after: organisation, words: '建立互助社' });
      return { societyId: id, boardCode };
    });
  }

  /**
   * A step of the unit that asks the board: which version this would be. Refused where it contradicts itself, begins no
   * later than the version before, or would move the money to other hands.
   */
  async nextCharter(
    tx: Tx,
    societyId: string,
    terms: CharterTerms,
  ): Promise<{ readonly version: number; readonly last: CharterTerms }> {
    refuseFaults(terms);
    const last = await this.societies.lastVersion(tx, societyId);
    if (!last) throw new CharterNotFound();
    if (terms.validFrom <= last.validFrom) throw new CharterBackdated(terms.validFrom, last.validFrom);
    if ((terms.custody === HELD) !== (last.custody === HELD)) throw new CustodyStays();
    return { version: last.version + 1, last };
  }

  /**
   * A step of the unit in which the board resolved it: a new version, from a later day. Versions that were in force stay
   * as they are: a case keeps the one under which its round was opened.
   */
  async adoptCharter(
    tx: Tx,
    trail: Trail,
    societyId: string,
    terms: CharterTerms,
  ): Promise<{ readonly charterId: string; readonly version: number }> {
    const { version } = await this.nextCharter(tx, societyId, terms);
    const charterId = await this.insertCharter(tx, societyId, version, terms);
    trail.on('charter', charterId, { after: terms, words: `章程第 ${version} 版` });
    return { charterId, version };
  }

  /**
   * Takes a list of divisions. What is known already is left alone, so that the same list may be imported again; a place
   * whose code or name changed keeps its id, and with it its society, history and notices (domain.md 4, row 65).
   */
  async importRegions(caller: Caller, rows: readonly RegionRow[]): Promise<{ added: number; ended: number }> {
    return this.commands.run(caller, { act: 'importRegions', body: rows }, async (tx, trail) => {
      const total = { added: 0, ended: 0 };
      for (const row of rows) {
        const { added, ended } = await this.placeRow(tx, row);
        total.added += added;
        total.ended += ended;
      }
      trail.on('regions', 'list', { after: total, words: `导入区划 ${total.added} 条` });
      return total;
    });
  }

  /** The federation that it is, or that stands above it on any floor, as a step of the caller's unit. */
  async federationOf(tx: Tx, societyId: string): Promise<{ id: string } | null> {
    for (let id: string | null = societyId; id !== null;) {
      const society: { id: string; kind: string; parentId: string | null } =
        await this.societies.getOrganisation(tx, id);
      if (society.kind === 'FEDERATION') return society;
      id = society.parentId;
    }
    return null;
  }

  /** All that its place was ever called, as a step of the caller's unit. */
  placeNames(tx: Tx, societyId: string): Promise<string[]> {
    return this.societies.placeNames(tx, societyId);
  }

  /** Whoever stands above, as a step of the caller's unit: the town union, else the federation, else nobody. */
  async townUnionOf(tx: Tx, societyId: string): Promise<{ id: string; name: string } | null> {
    const { parentId } = await this.societies.getOrganisation(tx, societyId);
    return parentId === null ? null : this.societies.getOrganisation(tx, parentId);
  }

  /** Whoever is to hold the money of a society that does not hold it itself: the federation above it. */
  private async custodianOf(
    tx: Tx,
    { parentId, charter }: Founding,
    kind: OrganisationKind,
  ): Promise<string | null> {
    if (charter.custody !== HELD) return null;
    const above = kind === 'FEDERATION' || !parentId ? null : await this.federationOf(tx, parentId);
    if (!above) throw new NobodyHoldsTheMoney();
    return above.id;
  }

  private async placeRow(tx: Tx, row: RegionRow): Promise<{ added: number; ended: number }> {
    if (row.validUntil) return this.endRow(tx, row.code, row.validUntil);
    if (row.replacesCode === null && (await this.regions.isRecorded(tx, row.code, row.validFrom)))
      return { added: 0, ended: 0 };
    const known = await this.regions.findOpen(tx, row.code);
    const replaced = row.replacesCode === null ? null : await this.regions.findOpen(tx, row.replacesCode);
    if (row.replacesCode !== null && !replaced && !known) throw new RegionNotFound(row.replacesCode);
    const renamed = known && known.name !== row.name && known.validFrom < row.validFrom ? known : null;
    const changed = replaced ?? renamed;
    if (changed) {
      await this.regions.endCode(tx, changed.regionId, row.validFrom);
      await this.regions.openCode(tx, changed.regionId, row.code, row.name, row.validFrom);
      return { added: 1, ended: 1 };
    }
    if (known) return { added: 0, ended: 0 };
    await this.addRegion(tx, row);
    return { added: 1, ended: 0 };
  }

  private async addRegion(tx: Tx, row: RegionRow): Promise<void> {
    const parent = row.parentCode === null ? null : await this.regions.findOpen(tx, row.parentCode);
    if (row.parentCode !== null && !parent) throw new RegionNotFound(row.parentCode);
    const regionId = await this.regions.insertRegion(
      tx,
      row.level,
      parent?.regionId ?? null,
      this.clock.now(),
    );
    await this.regions.openCode(tx, regionId, row.code, row.name, row.validFrom);
  }

  private async endRow(
    tx: Tx,
    code: string,
    endedOn: RegionRow['validFrom'],
  ): Promise<{ added: number; ended: number }> {
    const open = await this.regions.findOpen(tx, code);
    if (open) {
      await this.regions.endCode(tx, open.regionId, endedOn);
      return { added: 0, ended: 1 };
    }
    if (!(await this.regions.wasKnown(tx, code))) throw new RegionNotFound(code);
    return { added: 0, ended: 0 };
  }

  private async insertCharter(
    tx: Tx,
    societyId: string,
    version: number,
    terms: CharterTerms,
  ): Promise<string> {
    const id = this.ids.next();
    await this.societies.insertCharter(tx, { id, societyId, version, at: this.clock.now(), terms });
    return id;
  }
}

function refuseFaults(terms: CharterTerms): void {
  const faults = charterFaultsIn(terms);
  if (faults.length > 0) throw new CharterNotAcceptable(faults);
}

/** A society without a charter in force could do nothing, and its pages would not know their own rules. */
function refuseNotYet({ validFrom }: CharterTerms, today: Day): void {
  if (validFrom > today)
    throw new CharterNotAcceptable([{ term: 'validFrom', words: '第一版章程应当已经生效' }]);
}

function usccOf(text: string | null): string | null {
  if (text === null || text === '') return null;
  const read = readUscc(text);
  if (!read.ok) throw new UsccWrong();
  return read.uscc;
}
