import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import type { PledgeKind } from '../people/domain/pledge.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import { BreachSeals } from './breach.seals.js';
import type {
  AppealState,
  AppealWay,
  BreachState,
  GroundKind,
  HeardWay,
  Side,
  ToldWay,
} from './domain/breach.js';
import { AppealNotFound, BreachNotFound } from './domain/breach.errors.js';

/** One that has an effect: all that an intake and a fast path ask. */
export type StandingBreach = {
  readonly id: string;
  readonly personId: string;
  readonly kind: PledgeKind;
  readonly untilOn: Day;
  /** An appeal against it is not answered yet. */
  readonly appealed: boolean;
};

/** An appeal without the words that are kept sealed. */
export type AppealLine = {
  readonly id: string;
  readonly flagId: string;
  readonly societyId: string;
  readonly deciderSocietyId: string;
  readonly how: AppealWay;
  readonly madeOn: Day;
  readonly state: AppealState;
  readonly recordedBy: string | null;
  readonly recordedByAccount: string | null;
  readonly decidedAt: Date | null;
};
export type AppealFacts = AppealLine & { readonly words: string; readonly answer: string | null };

/** A flag without the words that are kept sealed. */
export type BreachLine = {
  readonly id: string;
  readonly societyId: string;
  readonly personId: string;
  readonly kind: PledgeKind;
  readonly groundKind: GroundKind;
  readonly groundId: string;
  readonly months: number;
  readonly state: BreachState;
  readonly proposedAs: Side;
  readonly proposedBy: string | null;
  readonly proposedByAccount: string | null;
  readonly proposerName: string | null;
  readonly proposedAt: Date;
  readonly hearBy: Day;
  readonly heardHow: HeardWay | null;
  readonly heardBy: string | null;
  readonly heardByAccount: string | null;
  readonly heardAt: Date | null;
  readonly toldHow: ToldWay | null;
  readonly toldOn: Day | null;
  readonly confirmedBy: string | null;
  readonly confirmedByAccount: string | null;
  readonly confirmerName: string | null;
  readonly confirmedAt: Date | null;
  readonly untilOn: Day | null;
  readonly endedAt: Date | null;
  readonly appealed: boolean;
};

/** As its own page shows it. */
export type BreachFacts = BreachLine & {
  readonly reason: string;
  readonly statement: string | null;
  readonly endWords: string | null;
  readonly appeal: AppealFacts | null;
};

type Instant = Date | string;
type RawFlag = Omit<BreachLine, 'proposedAt' | 'heardAt' | 'confirmedAt' | 'endedAt' | 'appealed'> & {
  readonly proposedAt: Instant;
  readonly heardAt: Instant | null;
  readonly confirmedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly appealed: number | string;
  readonly reasonSealed: string;
  readonly statementSealed: string | null;
  readonly endSealed: string | null;
};
type RawAppeal = Omit<AppealLine, 'decidedAt'> & {
  readonly decidedAt: Instant | null;
  readonly wordsSealed: string;
  readonly answerSealed: string | null;
};

const FLAG = `
  SELECT f.id AS "id", f.society_id AS "societyId", f.person_id AS "personId", f.kind AS "kind",
         f.ground_kind AS "groundKind", f.ground_id AS "groundId", f.months AS "months", f.state AS "state",
         f.proposed_as AS "proposedAs", f.proposed_by AS "proposedBy", f.proposed_by_account AS "proposedByAccount",
         p.name AS "proposerName", f.proposed_at AS "proposedAt", f.hear_by AS "hearBy", f.heard_how AS "heardHow",
         f.heard_by AS "heardBy", f.heard_by_account AS "heardByAccount", f.heard_at AS "heardAt",
         f.told_how AS "toldHow", f.told_on AS "toldOn", f.confirmed_by AS "confirmedBy",
         f.confirmed_by_account AS "confirmedByAccount", c.name AS "confirmerName", f.confirmed_at AS "confirmedAt", f.until_on AS "untilOn",
         f.ended_at AS "endedAt", f.reason_sealed AS "reasonSealed", f.statement_sealed AS "statementSealed",
         f.end_sealed AS "endSealed",
         (SELECT COUNT(*) FROM breach_appeals a WHERE a.flag_id = f.id AND a.state = 'WAITING') AS "appealed"
  FROM breach_flags f
  LEFT JOIN persons p ON p.id = f.proposed_by LEFT JOIN persons c ON c.id = f.confirmed_by `;

const APPEAL = `
  SELECT id AS "id", flag_id AS "flagId", society_id AS "societyId", decider_society_id AS "deciderSocietyId",
         how AS "how", made_on AS "madeOn", state AS "state", recorded_by AS "recordedBy",
         recorded_by_account AS "recordedByAccount", words_sealed AS "wordsSealed", answer_sealed AS "answerSealed",
         decided_at AS "decidedAt"
  FROM breach_appeals `;

/** More of them at once is no register of a village. */
const MOST = 200;

@Injectable()
export class BreachesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: BreachSeals,
  ) {}

  /** Those of these people that have an effect on that day; nothing of any other is told. */
  async standingOf(societyId: string, personIds: readonly string[], on: Day): Promise<StandingBreach[]> {
    const rows = await this.reads.among<Omit<StandingBreach, 'appealed'> & { appealed: number | string }>`
      SELECT f.id AS "id", f.person_id AS "personId", f.kind AS "kind", f.until_on AS "untilOn",
             (SELECT COUNT(*) FROM breach_appeals a WHERE a.flag_id = f.id AND a.state = 'WAITING') AS "appealed"
      FROM breach_flags f
      WHERE f.society_id = ${societyId} AND f.person_id IN ${listOf(personIds)}
        AND f.state = 'STANDS' AND f.until_on >= ${on}
      ORDER BY f.until_on DESC, f.id`;
    return rows.map(({ appealed, ...row }) => ({ ...row, appealed: Number(appealed) > 0 }));
  }

  /** What is under way and what stands, the oldest first; what is over is in no list. */
  async open(societyId: string, on: Day): Promise<BreachLine[]> {
    const rows = await this.flags`
      WHERE f.society_id = ${societyId} AND (f.state = 'HEARING' OR (f.state = 'STANDS' AND f.until_on >= ${on}))
      ORDER BY f.proposed_at, f.id LIMIT ${MOST}`;
    return rows.map(lineOf);
  }

  /** Who it is about and whose hands it went through, without opening a word. */
  async line(societyId: string, id: string): Promise<BreachLine> {
    const [row] = await this.flags`WHERE f.society_id = ${societyId} AND f.id = ${id}`;
    if (!row) throw new BreachNotFound();
    return lineOf(row);
  }

  async breach(societyId: string, id: string): Promise<BreachFacts> {
    const found = await this.find(societyId, id);
    if (!found) throw new BreachNotFound();
    return found;
  }

  async find(societyId: string, id: string): Promise<BreachFacts | null> {
    const [row] = await this.flags`WHERE f.society_id = ${societyId} AND f.id = ${id}`;
    return row ? this.factsOf(row) : null;
  }

  /** Everything held of one person, over or not: for the copy that the person gets. */
  async ofPerson(societyId: string, personId: string): Promise<BreachFacts[]> {
    const rows = await this.flags`
      WHERE f.society_id = ${societyId} AND f.person_id = ${personId} ORDER BY f.proposed_at, f.id`;
    return Promise.all(rows.map((row) => this.factsOf(row)));
  }

  /** Grounds by which nobody can be flagged on that day: somebody is or was. */
  async flaggedGrounds(societyId: string, on: Day): Promise<Set<string>> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT open_key AS "id" FROM breach_flags
      WHERE society_id = ${societyId} AND open_key IS NOT NULL
        AND NOT (ground_kind = 'PLEDGE' AND state = 'STANDS' AND until_on < ${on})`;
    return new Set(rows.map(({ id }) => id));
  }

  /** What waits for an answer of that society, the oldest first; no word of it is opened. */
  async appealsAt(deciderSocietyId: string): Promise<AppealLine[]> {
    const rows = await this.appeals`
      WHERE decider_society_id = ${deciderSocietyId} AND state = 'WAITING' ORDER BY recorded_at, id LIMIT ${MOST}`;
    return rows.map(appealLineOf);
  }

  async appealLine(deciderSocietyId: string, id: string): Promise<AppealLine> {
    const [row] = await this.appeals`WHERE decider_society_id = ${deciderSocietyId} AND id = ${id}`;
    if (!row) throw new AppealNotFound();
    return appealLineOf(row);
  }

  async appeal(deciderSocietyId: string, id: string): Promise<AppealFacts> {
    const [row] = await this.appeals`WHERE decider_society_id = ${deciderSocietyId} AND id = ${id}`;
    if (!row) throw new AppealNotFound();
    return this.appealOf(row);
  }

  private async factsOf(row: RawFlag): Promise<BreachFacts> {
    const [appeal] = await this.appeals`WHERE flag_id = ${row.id}`;
    return {
      ...lineOf(row),
      reason: this.seals.open('reason', row.id, row.reasonSealed),
      statement: this.seals.opened('statement', row.id, row.statementSealed),
      endWords: this.seals.opened('end', row.id, row.endSealed),
      appeal: appeal ? this.appealOf(appeal) : null,
    };
  }

  private appealOf(row: RawAppeal): AppealFacts {
    return {
      ...appealLineOf(row),
      words: this.seals.open('appeal', row.id, row.wordsSealed),
      answer: this.seals.opened('answer', row.id, row.answerSealed),
    };
  }

  private flags([head = '', ...rest]: TemplateStringsArray, ...values: Value[]): Promise<RawFlag[]> {
    return this.reads.all<RawFlag>(Object.assign([FLAG + head, ...rest], { raw: [] }), ...values);
  }

  private appeals([head = '', ...rest]: TemplateStringsArray, ...values: Value[]): Promise<RawAppeal[]> {
    return this.reads.all<RawAppeal>(Object.assign([APPEAL + head, ...rest], { raw: [] }), ...values);
  }
}

/** Named one by one: no sealed word gets into a list. */
function lineOf(row: RawFlag): BreachLine {
  const { id, societyId, personId, kind, groundKind, groundId, months, state, untilOn } = row;
  const { proposedAs, proposedBy, proposedByAccount, proposerName, hearBy, heardHow, confirmerName } = row;
  const { heardBy, heardByAccount, toldHow, toldOn, confirmedBy, confirmedByAccount } = row;
  return {
    ...{ id, societyId, personId, kind, groundKind, groundId, months, state, untilOn },
    ...{ proposedAs, proposedBy, proposedByAccount, proposerName, hearBy, heardHow, confirmerName },
    ...{ heardBy, heardByAccount, toldHow, toldOn, confirmedBy, confirmedByAccount },
    proposedAt: instantOf(row.proposedAt),
    heardAt: optionalInstantOf(row.heardAt),
    confirmedAt: optionalInstantOf(row.confirmedAt),
    endedAt: optionalInstantOf(row.endedAt),
    appealed: Number(row.appealed) > 0,
  };
}

function appealLineOf(row: RawAppeal): AppealLine {
  const { id, flagId, societyId, deciderSocietyId, how, madeOn, state, recordedBy, recordedByAccount } = row;
  return {
    ...{ id, flagId, societyId, deciderSocietyId, how, madeOn, state, recordedBy, recordedByAccount },
    decidedAt: optionalInstantOf(row.decidedAt),
  };
}
