import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { OFFICE_WORDS, OfficesQueries, rolesOf } from '../../offices/index.js';
import type { Holder, Office } from '../../offices/index.js';
import { PeopleQueries } from '../../people/index.js';
import { SocietiesQueries } from '../../societies/index.js';
import { assignersOf, inquirerFault, pairFault } from '../domain/objection-inquiry.js';
import type { Assigners, InquirerFault, OfficeHolder } from '../domain/objection-inquiry.js';
import { InquirersUnfit } from '../domain/objection.errors.js';
import { NoticeSubjects } from '../notice-subjects.js';
import type { NoticeLine } from '../notices.queries.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { Inquirer, Inquiry, ObjectionFacts } from './objections.queries.js';
import { ObjectionSeals } from './objections.seals.js';

/** Somebody who might look into it, with the reason why not. */
export type DeskCandidate = Inquirer & {
  readonly name: string;
  readonly offices: string;
  readonly fault: InquirerFault | null;
};

/** Whoever only brings news keeps no files. */
const NO_INQUIRER: Office = 'INFORMATION_OFFICER';

/** Who names the two, who can be one of them, and who therefore reads what was said. Asked before the unit of work. */
@Injectable()
export class ObjectionDesk {
  constructor(
    private readonly offices: OfficesQueries,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly subjects: NoticeSubjects,
    private readonly queries: ObjectionsQueries,
    private readonly seals: ObjectionSeals,
    private readonly clock: Clock,
  ) {}

  /** Whose business it is to name the two, as offices are held today. */
  async assigners(notice: NoticeLine): Promise<Assigners> {
    const { societyId, subjectKind, subjectId } = notice;
    const subject = this.subjects.of(subjectKind);
    const own = await Promise.all(
      (await this.holders(societyId)).map(async (holder): Promise<OfficeHolder> => {
        const veto = (await subject.mayAssign?.(societyId, subjectId, holder.personId)) ?? null;
        return { societyId, personId: holder.personId, roles: rolesOf(holder.offices), veto };
      }),
    );
    const union = await this.societies.townUnionOf(societyId);
    const above = union === null ? [] : await this.holders(union.id);
    return assignersOf(
      societyId,
      own,
      above.map(({ personId, offices }) => {
        return { societyId: union?.id ?? '', personId, roles: rolesOf(offices), veto: null };
      }),
    );
  }

  async mayAssign({ societyId, personId }: Actor, notice: NoticeLine): Promise<boolean> {
    const assigners = await this.assigners(notice);
    return personId !== null && assigners.societyId === societyId && assigners.personIds.includes(personId);
  }

  /** Why this person of the office may not take in what ends an objection; null where nothing ties them to the notice. */
  async tieOf(notice: NoticeLine, { societyId, personId }: Actor): Promise<string | null> {
    if (personId === null) return '没有登记是谁经手的。';
    if (personId === notice.authorPersonId) return '公示是您拟的。';
    if (personId === notice.issue?.signedBy) return '公示是您签的。';
    if (societyId !== notice.societyId) return null;
    const subject = this.subjects.of(notice.subjectKind);
    return (await subject.mayAssign?.(notice.societyId, notice.subjectId, personId)) ?? null;
  }

  /**
   * Everybody who holds an office in the society or in the union above it. Of its own people the subject says who is
   * outside the case; those of the union stand in another register, and are known by their names alone.
   */
  async candidates(
    notice: NoticeLine,
    objections: readonly Pick<ObjectionFacts, 'id' | 'isNamed'>[],
  ): Promise<DeskCandidate[]> {
    const { societyId, authorPersonId, issue } = notice;
    const objectors = await this.objectorsOf(objections);
    const matter = { authorPersonId, signedBy: issue?.signedBy ?? '', objectors };
    const union = await this.societies.townUnionOf(societyId);
    const own = (await this.holders(societyId)).map(async (holder) => {
      const veto = await this.inquirerVeto(notice, holder.personId);
      return candidateOf(societyId, holder, inquirerFault({ ...holder, societyId, veto }, matter), null);
    });
    const above = union === null ? [] : await this.holders(union.id);
    return [
      ...(await Promise.all(own)),
      ...above.map((holder) => {
        const fault = inquirerFault({ ...holder, societyId: union?.id ?? '', veto: null }, matter);
        return candidateOf(union?.id ?? '', holder, fault, union?.shortName ?? null);
      }),
    ];
  }

  /** The two that were chosen, where they may look into it together. */
  async pairOf(
    notice: NoticeLine,
    objections: readonly Pick<ObjectionFacts, 'id' | 'isNamed'>[],
    chosen: readonly string[],
  ): Promise<readonly [Inquirer, Inquirer]> {
    const candidates = await this.candidates(notice, objections);
    const [one, other] = chosen.flatMap((id) => candidates.find(({ personId }) => personId === id) ?? []);
    const areTied = one && other ? await this.areTied([one, other]) : false;
    const fault = pairFault(chosen, candidates, areTied);
    if (fault || !one || !other) throw new InquirersUnfit(fault ?? 'unknown');
    return [one, other].map(({ societyId, personId }) => ({ societyId, personId })) as [Inquirer, Inquirer];
  }

  /** Of one household or kin, as far as one register knows both. */
  private async areTied([one, other]: readonly [Inquirer, Inquirer]): Promise<boolean> {
    if (one.societyId !== other.societyId || one.personId === other.personId) return false;
    return (await this.people.related(one.societyId, one.personId, other.personId)).length > 0;
  }

  /** What was said, and by whom, is for the two who look into it and for whoever names them (domain.md 2.3). */
  async mayRead(actor: Actor, notice: NoticeLine, inquiry: Inquiry | null): Promise<boolean> {
    const { personId } = actor;
    if (personId === null) return false;
    if (inquiry && (isInquirer(inquiry, actor) || inquiry.assignedBy === personId)) return true;
    return this.mayAssign(actor, notice);
  }

  /**
   * Who may hold the written answer, which has a full name on it: those who know the name already, and the secretary of the
   * society unless tied to whom the notice is about: they never learn who objected.
   */
  async mayHandOver(actor: Actor, notice: NoticeLine, inquiry: Inquiry | null): Promise<boolean> {
    if (await this.mayRead(actor, notice, inquiry)) return true;
    const { societyId, personId, roles } = actor;
    if (personId === null || societyId !== notice.societyId || !roles.includes('secretary')) return false;
    const subject = this.subjects.of(notice.subjectKind);
    return ((await subject.mayAssign?.(notice.societyId, notice.subjectId, personId)) ?? null) === null;
  }

  private async inquirerVeto(notice: NoticeLine, personId: string): Promise<string | null> {
    const { societyId, subjectKind, subjectId } = notice;
    return (await this.subjects.of(subjectKind).mayInquire?.(societyId, subjectId, personId)) ?? null;
  }

  private async objectorsOf(
    objections: readonly Pick<ObjectionFacts, 'id' | 'isNamed'>[],
  ): Promise<string[]> {
    const said = objections
      .filter(({ isNamed }) => isNamed)
      .map(async ({ id }) => this.seals.openSaid(id, await this.queries.sealedSaid(id)).name ?? []);
    return (await Promise.all(said)).flat();
  }

  private async holders(societyId: string): Promise<Holder[]> {
    const holders = await this.offices.holdersOn(societyId, dayOf(this.clock.now()));
    return holders.filter(({ offices }) => offices.some((office) => office !== NO_INQUIRER));
  }
}

export function isInquirer(
  { inquirers }: Pick<Inquiry, 'inquirers'>,
  { societyId, personId }: Pick<Actor, 'societyId' | 'personId'>,
): boolean {
  return inquirers.some((each) => each.societyId === societyId && each.personId === personId);
}

function candidateOf(
  societyId: string,
  { personId, name, offices }: Holder,
  fault: InquirerFault | null,
  of: string | null,
): DeskCandidate {
  const words = offices.map((office) => OFFICE_WORDS[office]).join('、');
  return { societyId, personId, name, offices: of === null ? words : `${of}${words}`, fault };
}
