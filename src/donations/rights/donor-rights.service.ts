import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, startOfDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import {
  ErasureHindered,
  RequestAnswered,
  RequestOfAnotherKind,
} from '../../people/domain/person-right.errors.js';
import {
  ANSWER_WORKING_DAYS,
  checkAskedOn,
  refuseOwnCopy,
  refuseOwnVouch,
} from '../../people/domain/person-right.js';
import type { WayAsked } from '../../people/domain/person-right.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { DonorErased } from '../domain/donor-right.errors.js';
import { refuseCopyByOffice, refuseErasingHand, wishOf } from '../domain/donor-right.js';
import type { DonorRight, DonorWay } from '../domain/donor-right.js';
import type { Donor } from '../donors/donor.entity.js';
import { DonorsStore } from '../donors/donors.store.js';
import { DonorEraser } from './donor-eraser.store.js';
import { DonorHinders } from './donor-hinders.queries.js';
import { DonorRequestSeals } from './donor-request.seals.js';
import { DonorRequestsStore } from './donor-requests.store.js';
import type { RequestRow } from './donor-requests.store.js';

export const DONOR_REQUEST = 'donor-request';

export type DonorRightAsked = {
  readonly donorId: string;
  readonly kind: DonorRight;
  readonly how: WayAsked;
  readonly askedOn: Day;
  /** What shall be put right; null for anything else. */
  readonly wish: string | null;
};
export type OwnRightAsked = Pick<DonorRightAsked, 'donorId' | 'wish'> & {
  readonly kind: Exclude<DonorRight, 'COPY'>;
};
export type DonorRequestMade = { readonly requestId: string };

const RECORDED: Readonly<Record<DonorRight, string>> = {
  COPY: '记下：捐赠人要一份自己信息的副本',
  CORRECT: '记下：捐赠人要求改正登记',
  ERASE: '记下：捐赠人要求删除信息',
};

/** 捐赠人的权利: whoever gave gets a copy, has it put right, or has it erased as far as the law lets it go (ADR 30). */
@Injectable()
export class DonorRightsService {
  constructor(
    private readonly store: DonorRequestsStore,
    private readonly donors: DonorsStore,
    private readonly hinders: DonorHinders,
    private readonly eraser: DonorEraser,
    private readonly seals: DonorRequestSeals,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Written down by the office, as it was asked; the time to answer runs from that day. */
  async record(caller: Caller, asked: DonorRightAsked): Promise<DonorRequestMade> {
    const societyId = societyOf(caller.actor);
    const wish = wishOf(asked.kind, asked.wish);
    return this.commands.run(caller, { act: 'recordDonorRequest', body: asked }, async (tx, trail) => {
      checkAskedOn(asked.askedOn, dayOf(this.clock.now()));
      const donor = await this.donors.take(tx, societyId, asked.donorId);
      if (asked.kind === 'COPY') refuseCopyByOffice(donor);
      const requestId = await this.open(tx, caller.actor, donor, { ...asked, wish });
      trail.on('donor', donor.id, { after: { requestId, kind: asked.kind }, words: RECORDED[asked.kind] });
      return { requestId };
    });
  }

  /** By the donor himself, of the record that his account is linked to; anybody else's is not found. */
  async ask(caller: Caller, asked: OwnRightAsked): Promise<DonorRequestMade> {
    const { accountId } = caller.actor;
    const wish = wishOf(asked.kind, asked.wish);
    return this.commands.run(caller, { act: 'askDonorRequest', body: asked }, async (tx, trail) => {
      const donor = await this.donors.ofAccount(tx, asked.donorId, accountId);
      const { kind } = asked;
      const how = { how: 'ACCOUNT', askedOn: dayOf(this.clock.now()) } as const;
      // He is no officer of that society here, whatever he is in it otherwise.
      const himself = { accountId, personId: null };
      const requestId = await this.open(tx, himself, donor, { kind, ...how, wish });
      trail.on('donor', donor.id, {
        ...{ after: { requestId, kind }, keptBy: donor.societyId },
        words: `本人登录后提出：${OWN_WORDS[kind]}`,
      });
      return { requestId };
    });
  }

  /** A second person asked whose copy it is. That opens nothing for the second person: the office hands it over. */
  async vouch(caller: Caller, asked: DonorRequestMade): Promise<DonorRequestMade> {
    const { actor } = caller;
    return this.commands.run(caller, { act: 'vouchDonorRequest', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, actor, asked.requestId, 'COPY');
      refuseOwnVouch(withoutPerson(row), actor);
      await this.store.vouch(tx, row.id, actor, this.clock.now());
      trail.on('donor', row.donorId, { after: asked, words: '问过捐赠人，确实要一份副本' });
      return asked;
    });
  }

  /** The donor has the copy. By whoever may open it, and nobody else. */
  async handOver(caller: Caller, asked: DonorRequestMade): Promise<DonorRequestMade> {
    return this.commands.run(caller, { act: 'handDonorCopy', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, caller.actor, asked.requestId, 'COPY');
      refuseOwnCopy(withoutPerson(row), caller.actor);
      await this.answer(tx, caller.actor, row, null);
      trail.on('donor', row.donorId, { after: asked, words: '把信息副本交给了捐赠人' });
      return asked;
    });
  }

  /** It was put right, by `changeDonor`. Receipts that were issued stay as they were. */
  async corrected(caller: Caller, asked: DonorRequestMade): Promise<DonorRequestMade> {
    return this.commands.run(caller, { act: 'settleDonorCorrection', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, caller.actor, asked.requestId, 'CORRECT');
      await this.answer(tx, caller.actor, row, null);
      trail.on('donor', row.donorId, { after: asked, words: '按捐赠人的要求改正了登记' });
      return asked;
    });
  }

  /** The second person confirms: in one unit all goes that may go. Refused whole while something is under way. */
  async erase(caller: Caller, asked: DonorRequestMade): Promise<DonorRequestMade> {
    const { actor } = caller;
    return this.commands.run(caller, { act: 'eraseDonor', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, actor, asked.requestId, 'ERASE');
      const records = await this.eraser.take(tx, row.societyId, row.donorId);
      const accounts = records.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]));
      refuseErasingHand(row, accounts, actor);
      await this.answer(tx, actor, row, null);
      const donorIds = records.map(({ id }) => id);
      const [{ kind }] = records;
      const reasons = await this.hinders.of(tx, kind, donorIds);
      if (reasons.length > 0) throw new ErasureHindered(reasons);
      const { nameGone } = await this.eraser.erase(tx, records, `request:${row.id}`);
      await this.dropOthers(tx, trail, { donorIds, nameGone });
      const what = kind === 'COMPANY' ? '联系电话' : '联系方式、家乡和说过的话，不再公开姓名';
      for (const id of donorIds) trail.on('donor', id, { after: asked, words: `按捐赠人要求删除了${what}` });
      return asked;
    });
  }

  /** It is not done, and the donor is told why (PIPL, art. 50). */
  async decline(
    caller: Caller,
    asked: DonorRequestMade & { readonly words: string },
  ): Promise<DonorRequestMade> {
    const { requestId } = asked;
    return this.commands.run(caller, { act: 'declineDonorRequest', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, caller.actor, requestId, null);
      await this.answer(tx, caller.actor, row, asked.words);
      const words = '没有同意捐赠人的请求，写明了原因';
      trail.on('donor', row.donorId, { after: { requestId, kind: row.kind }, words });
      return { requestId };
    });
  }

  private async open(
    tx: Tx,
    by: Pick<Actor, 'accountId' | 'personId'>,
    { id: donorId, societyId }: Donor,
    asked: {
      readonly kind: DonorRight;
      readonly how: DonorWay;
      readonly askedOn: Day;
      readonly wish: string | null;
    },
  ): Promise<string> {
    const id = this.ids.next();
    const { kind, how, askedOn, wish } = asked;
    await this.store.insert(tx, {
      ...{ id, societyId, donorId, kind, how, askedOn, state: 'WAITING' },
      wishSealed: wish === null ? null : this.seals.seal('wish', id, wish),
      ...{ recordedBy: by.personId, recordedByAccount: by.accountId, recordedAt: this.clock.now() },
      ...{ vouchedBy: null, vouchedByAccount: null, vouchedAt: null },
      ...{ decidedBy: null, decidedByAccount: null, decidedAt: null, answerSealed: null },
      openKey: `${kind}:${donorId}`,
    });
    await this.duties.open(tx, {
      ...{ societyId, kind: 'ANSWER_PERSON', subjectKind: DONOR_REQUEST },
      ...{ subjectId: id, threadId: id, ownerRole: 'secretary' },
      rule: { unit: 'working-days', count: ANSWER_WORKING_DAYS, from: startOfDay(askedOn) },
    });
    return id;
  }

  /**
   * What else waited and has nothing left to be done about: the same wish, written down of a record that was merged, and a
   * correction of a name that is gone. Where the name stays, and of a company, it is still put right.
   */
  private async dropOthers(
    tx: Tx,
    trail: Trail,
    { donorIds, nameGone }: { readonly donorIds: readonly string[]; readonly nameGone: boolean },
  ): Promise<void> {
    for (const { id, kind, donorId } of await this.store.waitingOf(tx, donorIds)) {
      if (kind === 'CORRECT' && !nameGone) continue;
      const at = this.clock.now();
      await this.store.answer(tx, id, {
        ...{ state: 'DECLINED', by: { personId: null, accountId: null }, at },
        answerSealed: this.seals.seal('answer', id, new DonorErased().message),
      });
      await this.duties.settle(tx, { kind: 'ANSWER_PERSON', subjectId: id, at, byPersonId: null });
      const words = '信息已经删除，还没有办的另一个请求随之了结';
      trail.on('donor', donorId, { after: { requestId: id, kind }, words });
    }
  }

  private async waitingOf(
    tx: Tx,
    actor: Actor,
    requestId: string,
    kind: DonorRight | null,
  ): Promise<RequestRow> {
    const row = await this.store.get(tx, societyOf(actor), requestId);
    if (kind !== null && row.kind !== kind) throw new RequestOfAnotherKind();
    if (row.state !== 'WAITING') throw new RequestAnswered();
    return row;
  }

  private async answer(tx: Tx, actor: Actor, row: RequestRow, words: string | null): Promise<void> {
    const at = this.clock.now();
    await this.store.answer(tx, row.id, {
      ...{ state: words === null ? 'DONE' : 'DECLINED', by: actor, at },
      answerSealed: words === null ? null : this.seals.seal('answer', row.id, words),
    });
    const done = { kind: 'ANSWER_PERSON', subjectId: row.id, at, byPersonId: actor.personId } as const;
    await this.duties.settle(tx, done);
  }
}

const OWN_WORDS: Readonly<Record<OwnRightAsked['kind'], string>> = {
  CORRECT: '要求改正登记',
  ERASE: '要求删除信息',
};

/** The rules of two hands are those of persons; a donor is none of the register. */
export const withoutPerson = <Row extends object>(row: Row): Row & { readonly personId: string } => ({
  ...row,
  personId: '',
});
