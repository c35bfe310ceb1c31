import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import { MessagesService, TextsOf } from '../../messages/index.js';
import { RequestAnswered, RequestOfAnotherKind } from '../../people/domain/person-right.errors.js';
import { refuseOwnCopy, REQUEST_WORDS } from '../../people/domain/person-right.js';
import { lastDayKept, PERIODS } from '../../people/domain/retention.js';
import type { RetentionKind } from '../../people/domain/retention.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import { DONOR_RIGHT_WORDS, DONOR_WAY_WORDS } from '../domain/donor-right.js';
import { TraceReading } from '../trace/trace.reading.js';
import { DonorCopyQueries } from './donor-copy.queries.js';
import type { CopiedGift, CopiedRecord } from './donor-copy.queries.js';
import { donorSection, giftSection, goodsSection, moneySections, usesOf } from './donor-copy.words.js';
import type { CopySection } from './donor-copy.words.js';
import { withoutPerson } from './donor-rights.service.js';
import { DonorRequestsQueries } from './donor-requests.queries.js';
import type { DonorRequestFacts } from './donor-requests.queries.js';

/** What stays when the rest is erased, by which law and until when. */
export type DonorKept = { readonly what: string; readonly law: string; readonly until: Day };

/** All that one society holds of a donor, as it is on that day. */
export type DonorCopy = {
  readonly society: string;
  readonly on: Day;
  readonly sections: readonly CopySection[];
  readonly kept: readonly DonorKept[];
};

/** The copy of a donor's data, made on the fly and kept nowhere; each look at it stays in the trail. */
@Injectable()
export class DonorCopies {
  constructor(
    private readonly queries: DonorCopyQueries,
    private readonly requests: DonorRequestsQueries,
    private readonly traces: TraceReading,
    private readonly texts: TextsOf,
    private readonly messages: MessagesService,
    private readonly societies: SocietiesQueries,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** For a donor without an account: only while the request waits, and never by one pair of hands. */
  async forOffice(actor: Actor, requestId: string): Promise<DonorCopy> {
    const societyId = societyOf(actor);
    const request = await this.requests.request(societyId, requestId);
    if (request.kind !== 'COPY') throw new RequestOfAnotherKind();
    if (request.state !== 'WAITING') throw new RequestAnswered();
    refuseOwnCopy(withoutPerson(request), actor);
    const copy = await this.of(societyId, request.donorId);
    const words = '为捐赠人做了一份全部信息';
    await this.commands.recordRead(actor, 'donor', request.donorId, { after: { requestId }, words });
    return copy;
  }

  /** For the donor himself, of each society that his account is linked to; each keeps the look in its trail. */
  async forDonor(
    actor: Actor,
    records: readonly { readonly donorId: string; readonly societyId: string }[],
  ): Promise<DonorCopy[]> {
    const copies: DonorCopy[] = [];
    for (const { donorId, societyId } of records) {
      copies.push(await this.of(societyId, donorId));
      const himself: Actor = { ...actor, societyId, personId: null, roles: ['donor'] };
      await this.commands.recordRead(himself, 'donor', donorId, { words: '捐赠人看了自己的全部信息' });
    }
    return copies;
  }

  /** What he wants put right, for whoever puts it right: a name may stand in it, so each look stays in the trail. */
  async wishFor(
    actor: Actor,
    { id, donorId }: Pick<DonorRequestFacts, 'id' | 'donorId'>,
  ): Promise<string | null> {
    const wish = await this.requests.wishOf(societyOf(actor), id);
    if (wish === null) return null;
    const words = '看了捐赠人要改正的内容';
    await this.commands.recordRead(actor, 'donor', donorId, { after: { requestId: id }, words });
    return wish;
  }

  /** What would stay, without what it says: shown before somebody confirms. */
  async keptOf(donorId: string): Promise<DonorKept[]> {
    const donorIds = await this.requests.recordsOf(donorId);
    const gifts = await this.queries.gifts(donorIds);
    const refunds = await this.queries.refunds(donorIds);
    return keptIn(
      gifts,
      refunds.map(({ paidOn }) => paidOn),
    );
  }

  private async of(societyId: string, donorId: string): Promise<DonorCopy> {
    const donorIds = await this.requests.recordsOf(donorId);
    const records = await this.queries.records(donorIds);
    const gifts = await this.queries.gifts(donorIds);
    const refunds = await this.queries.refunds(donorIds);
    const told = await this.traces.ofDonors(donorIds);
    const uses = new Map(told.map((each) => [each.gift.id, usesOf(each)]));
    const sections = [
      donorSection(records),
      giftSection(gifts, uses),
      goodsSection(await this.queries.goods(donorIds)),
      ...moneySections(await this.queries.receipts(donorIds), refunds, await this.queries.answers(donorIds)),
      await this.choiceSection(societyId, records),
      await this.textSection(societyId, donorIds),
      await this.requestSection(donorIds),
      await this.lookSection(societyId, donorIds),
    ];
    return {
      society: (await this.societies.society(societyId)).name,
      on: dayOf(this.clock.now()),
      sections: sections.filter(({ records }) => records.length > 0),
      kept: keptIn(
        gifts,
        refunds.map(({ paidOn }) => paidOn),
      ),
    };
  }

  /** What he said of texts, by the numbers that are kept of him: who was never asked has said nothing. */
  private async choiceSection(societyId: string, records: readonly CopiedRecord[]): Promise<CopySection> {
    const said = await Promise.all(
      [...new Set(records.flatMap(({ phone }) => phone ?? []))].map(async (phone) => ({
        ...{ phone, choice: await this.messages.choiceOf(societyId, phone) },
      })),
    );
    return {
      section: '收不收捐赠用途短信',
      records: said.flatMap(({ phone, choice }) =>
        choice === null ? [] : [{ what: choice === 'YES' ? '愿意收' : '不再收', facts: [['号码', phone]] }],
      ),
    };
  }

  private async textSection(societyId: string, donorIds: readonly string[]): Promise<CopySection> {
    const texts = await this.texts.of(donorIds, societyId);
    return {
      section: '发给您的短信',
      records: texts.map(({ at, number }) => ({
        what: '捐赠用途短信',
        facts: [
          ['写下', instantWords(at)],
          ['号码', number],
        ],
      })),
    };
  }

  private async requestSection(donorIds: readonly string[]): Promise<CopySection> {
    const requests = await this.requests.ofDonors(donorIds);
    const erasures = await this.queries.erasures(donorIds);
    return {
      section: '您提出过的请求',
      records: [
        ...requests.map(({ kind, how, askedOn, state, answer }) => ({
          what: DONOR_RIGHT_WORDS[kind],
          facts: [
            ['提出', `${dayWords(askedOn)}，${DONOR_WAY_WORDS[how]}`],
            ['结果', REQUEST_WORDS[state]],
            ...(answer === null ? [] : [['不同意的原因', answer] as const]),
          ] as const,
        })),
        ...erasures.map(({ at, cause }) => ({
          what: '删除过信息',
          facts: [
            ['时间', instantWords(at)],
            ['为什么', cause.startsWith('request:') ? '按本人要求' : '保存期满'],
          ] as const,
        })),
      ],
    };
  }

  private async lookSection(societyId: string, donorIds: readonly string[]): Promise<CopySection> {
    const looks = await this.queries.looks(societyId, donorIds);
    return {
      section: '谁看过您的资料',
      records: looks.map(({ at, who, words }) => ({
        what: words,
        facts: [
          ['时间', instantWords(at)],
          ['谁看的', who ?? '本人，或者没有登记姓名的账号'],
        ],
      })),
    };
  }
}

/** One line for each kind, with the last day of its latest. What came in and what was struck are told apart. */
function keptIn(gifts: readonly CopiedGift[], paidOn: readonly (Day | null)[]): DonorKept[] {
  const booked = gifts.filter(({ isBooked }) => isBooked);
  const received = booked.filter(({ state }) => state === 'RECEIVED');
  const given = received.filter(({ nature }) => nature === 'GIFT');
  const fees = received.filter(({ nature }) => nature === 'FEE');
  const struck = booked.filter(({ state }) => state !== 'RECEIVED');
  const sum = (of: readonly CopiedGift[]) =>
    yuanText(fen(of.reduce((total, { amountFen }) => total + amountFen, 0)));
  const days = (of: readonly CopiedGift[]) => of.map(({ givenOn }) => givenOn);
  return [
    ...keptUntil(
      'GIFT',
      `${given.length} 笔捐赠的记录、凭证、票据和票据上的姓名，合计 ${sum(given)} 元`,
      days(given),
    ),
    ...keptUntil('GIFT', `${fees.length} 笔会费的记录和凭证，合计 ${sum(fees)} 元`, days(fees)),
    ...keptUntil('GIFT', `${struck.length} 笔已经冲销的记录、凭证和票据`, days(struck)),
    ...keptUntil(
      'VOUCHER',
      '退款的凭证和依据',
      paidOn.flatMap((day) => day ?? []),
    ),
  ];
}

function keptUntil(kind: RetentionKind, what: string, days: readonly Day[]): DonorKept[] {
  const [latest] = [...days].sort().reverse();
  return latest === undefined ? [] : [{ what, law: PERIODS[kind].law, until: lastDayKept(kind, latest) }];
}
