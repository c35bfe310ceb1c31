import { Injectable } from '@nestjs/common';
import type { Duty, DutyCard, DutyThread } from '../../duties/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { yuanShort, yuanText } from '../../kernel/fen.js';
import { NoticesQueries } from '../../notices/index.js';
import type {
  NoticeKind,
  NoticeSubject,
  NoticeToSign,
  SubjectDescription,
  Worded,
} from '../../notices/index.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import { donationList, giverOf, listCorrectionFault, listFault } from '../domain/donation-list.js';
import { ListIsNoDecision } from '../domain/donation-list.errors.js';
import { DONATION_LIST } from './donation-list.kind.js';
import { LISTS } from './donation-list.views.js';
import { DonationListQueries } from './donation-list.queries.js';
import { DonorSecrets } from '../donors/donor-secrets.queries.js';

const SIGNERS: readonly Role[] = ['chair', 'deputy'];
const POSTERS: readonly Role[] = ['secretary', 'clerk'];
const SHOWN_TO: readonly Role[] = [...SIGNERS, ...POSTERS, 'accountant', 'supervisor'];

/** What notices and the home page ask about a list of donors. */
@Injectable()
export class DonationListSubject implements NoticeSubject, DutyThread {
  constructor(
    private readonly queries: DonationListQueries,
    private readonly notices: NoticesQueries,
    private readonly secrets: DonorSecrets,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  /** Nobody signs the name of a donor who does not agree any more, nor a gift that is none any more. */
  async maySign(
    societyId: string,
    listId: string,
    _personId: string,
    { kind }: NoticeToSign,
  ): Promise<string | null> {
    if (kind === 'CORRECTION') return this.correctionFault(societyId, listId);
    const notice = await this.notices.ofSubject(DONATION_LIST, listId, 'DONATION_LIST');
    if (notice?.kind !== 'DONATION_LIST') return null;
    const publicNames = await this.secrets.publicNames(societyId);
    const gifts = await this.queries.giftsOf(listId);
    const now = gifts.map((gift) => ({ ...gift, giver: giverOf(gift.donorId, publicNames) }));
    return listFault(notice.words.gifts, now);
  }

  private async correctionFault(societyId: string, listId: string): Promise<string | null> {
    const notice = await this.notices.ofSubject(DONATION_LIST, listId, 'CORRECTION');
    if (notice?.kind !== 'CORRECTION') return null;
    const hidden = await this.secrets.hiddenNames(societyId);
    const gifts = await this.queries.giftsOf(listId);
    return listCorrectionFault(
      notice.words.changes,
      gifts.flatMap(({ donorId }) => hidden.get(donorId ?? '') ?? []),
    );
  }

  posted(): Promise<void> {
    return Promise.resolve();
  }

  ended(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * What a giver was called on the list, before the register was put right, is quoted by its correction; unless it is what
   * somebody is called who does not agree.
   */
  async agreedNames(societyId: string, listId: string): Promise<readonly string[]> {
    const publicNames = await this.secrets.publicNames(societyId);
    const notice = await this.notices.ofSubject(DONATION_LIST, listId, 'DONATION_LIST');
    const printed = notice?.kind === 'DONATION_LIST' ? notice.words.gifts : [];
    const gifts = await this.queries.giftsOf(listId);
    const hidden = new Set((await this.secrets.hiddenNames(societyId)).values());
    const former = printed.filter(
      ({ giver }, i) => publicNames.has(gifts[i]?.donorId ?? '') && !hidden.has(giver),
    );
    return [...publicNames.values(), ...former.map(({ giver }) => giver)];
  }

  async mayInquire(_: string, listId: string, personId: string): Promise<string | null> {
    const hands = await this.queries.handsOn(listId);
    return hands.includes(personId) ? '登记捐赠、起草公示的人，不能查对它的异议。' : null;
  }

  upheld(): Promise<void> {
    return Promise.reject(new ListIsNoDecision());
  }

  /** By name whoever agrees at this moment, or nobody; a donor who took the consent back is 爱心人士 from now on. */
  async wordsNow(
    societyId: string,
    listId: string,
    { kind, numberOnly }: { readonly kind: NoticeKind; readonly numberOnly: boolean },
  ): Promise<Worded | null> {
    const gifts = await this.queries.standingOf(listId);
    if (kind !== 'DONATION_LIST' || gifts.length === 0) return null;
    const agreed = await this.secrets.publicNames(societyId);
    const hidden = new Map([
      ...(await this.secrets.hiddenNames(societyId)),
      ...(numberOnly ? agreed : new Map<string, string>()),
    ]);
    const { name: societyName } = await this.societies.society(societyId);
    const words = donationList({
      ...{ societyName, gifts, publicNames: numberOnly ? new Map() : agreed },
      charter: await this.societies.charterOn(societyId, dayOf(this.clock.now())),
      hiddenNames: gifts.flatMap(({ donorId }) => hidden.get(donorId ?? '') ?? []),
    });
    return { kind, words };
  }

  async describe(societyId: string, listId: string): Promise<SubjectDescription> {
    const { firstDay, lastDay, gifts, totalFen } = await this.queries.list(societyId, listId);
    return {
      title: `捐赠公示 ${gifts} 笔`,
      facts: [
        { label: '从哪天', value: dayWords(firstDay) },
        { label: '到哪天', value: dayWords(lastDay) },
        { label: '合计', value: `${yuanText(totalFen)} 元` },
      ],
      href: LISTS,
    };
  }

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    if (duty.threadId === null || !actor.roles.some((role) => SHOWN_TO.includes(role))) return null;
    const list = await this.queries.find(societyOf(actor), duty.threadId);
    if (!list || (duty.kind === 'POST_NOTICE' && list.noticeState === 'DRAFT')) return null;
    const doers = duty.kind === 'SIGN_NOTICE' ? SIGNERS : POSTERS;
    const href = `/s/notices/${list.noticeId}`;
    return {
      title: `捐赠公示 · ${list.gifts} 笔 · ${yuanShort(list.totalFen)} 元`,
      href,
      lines: [`${dayWords(list.firstDay)}至${dayWords(list.lastDay)}`],
      actHref: actor.roles.some((role) => doers.includes(role)) ? href : null,
      waiting: duty.kind === 'SIGN_NOTICE' ? '等理事长签发' : '等秘书长张贴',
    };
  }
}
