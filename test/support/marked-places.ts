import { BallotLinksService } from '../../src/board/index.js';
import { AppealsService, BreachesService } from '../../src/breaches/index.js';
import { HandoversService, OverridesService, RevocationsService } from '../../src/cases/index.js';
import {
  ChangesOfUseService,
  DonorAccountsService,
  DonorRightsService,
  ReceiptRightsService,
  WebhookService,
} from '../../src/donations/index.js';
import { FindingsService, RectificationsService } from '../../src/federation/index.js';
import { addDays, day, dayOf } from '../../src/kernel/day.js';
import { CorrectionsService as NoticeCorrections, IncidentsService } from '../../src/notices/index.js';
import type { Notice } from '../../src/notices/index.js';
import { CorrectionsService } from '../../src/people/corrections/corrections.service.js';
import { PersonRightsService } from '../../src/people/index.js';
import { give, givenDonor } from './donations.js';
import { boardSays, givenApproved } from './fast-path.js';
import { ofFederation } from './federation.js';
import { askRefund, givenAsking, giverOf } from './gift-refunds.js';
import { givenGoods } from './goods.js';
import { MARKERS } from './markers.js';
import type { Ids } from './marked-road.js';
import { rowsOf } from './marked-road.js';
import { wordsOf } from './notices.js';
import { assign, confirm, propose, register } from './objections.js';
import { givenPlayed, hangPlayed, playSubject, signPlayed } from './played-subject.js';
import { by as onRelief, givenRelief } from './relief.js';
import type { ReliefGround, ReliefStop } from './relief.js';
import { raiseHands } from './rules.js';
import { as, givenCase, personIn, photo } from './village.js';
import type { CaseWanted, Village } from './village.js';

/** A village in a town of a federation, which has a fund. */
export type MarkedGround = {
  readonly village: Village;
  readonly town: Village;
  readonly federation: ReliefGround;
};

/** Ids for every route, and others for the routes that look at something else; `query` is what such an address asks. */
export type MarkedPlaces = { readonly ids: Ids; readonly at: Readonly<Record<string, Ids>> };

/** Addresses that ask something besides. */
const ASKED: MarkedPlaces['at'] = {
  '/people/suggest': { query: 'q=oyms' },
  '/people/:personId/consents/withdrawal': { query: 'purpose=PROCESS' },
};

/** What is not on the road of a case: everything that an address can name, of the same people and with the same words. */
export async function placesOfMarked(ground: MarkedGround, road: Ids): Promise<MarkedPlaces> {
  const { village } = ground;
  const relief = await reliefOf(ground, road);
  const cases = await casesOf(ground, road);
  const notices = await noticesOf(ground);
  const gifts = await giftsOf(ground, road);
  const register = await registerOf(ground, road);
  return {
    ids: {
      ...road,
      ...relief.ids,
      ...cases.ids,
      ...notices.ids,
      ...gifts.ids,
      ...register,
      societyId: village.societyId,
    },
    at: { ...ASKED, ...relief.at, ...cases.at, ...notices.at, ...gifts.at },
  };
}

/** Another person of the same name, whose story names the same illness. */
const same = {
  story: `${MARKERS.name}得了${MARKERS.diagnosis}`,
  note: MARKERS.note,
  applicant: { name: MARKERS.name, address: { building: MARKERS.building } },
};
const again = (village: Village, wanted: CaseWanted) => givenCase(village, { ...same, ...wanted });

/** Which pages are opened at which stop of the road. */
const RELIEF_PAGES: Partial<Record<ReliefStop, readonly string[]>> = {
  NOTICED: ['approval'],
  PRE_NOTICE: ['plan', 'advance', 'merger'],
  REVIEWED: ['panel'],
  ASSESSED: ['review', 'return'],
  VERIFIED: ['assessment'],
  POLICY_CHECKED: ['verification'],
  SUBMITTED: ['policies', 'transfer', 'ending', 'account'],
  RETURNED: ['completion'],
};

/** Paid by the fund to the same person; another was sent back with a letter. */
async function reliefOf({ village, federation }: MarkedGround, road: Ids): Promise<MarkedPlaces> {
  const { societyId, at } = village;
  const home = {
    societyId,
    at: {
      secretary: { ...at.secretary, societyId, office: 'SECRETARY_GENERAL' },
      clerk: { ...at.clerk, societyId, office: 'CLERK' },
    },
  } as const;
  const { personId = '', payeeAccountId = '' } = road;
  const { reliefId } = await givenRelief(federation, { ...same, home, personId, payeeAccountId, at: 'PAID' });
  const pages: Record<string, Ids> = {};
  for (const [stop, names] of Object.entries(RELIEF_PAGES)) {
    const stands = await givenRelief(federation, { ...same, home, at: stop as ReliefStop });
    for (const name of names) pages[`/relief/:reliefId/${name}`] = { reliefId: stands.reliefId };
  }
  const [letter] = await rowsOf(village.house)(
    'SELECT id AS "id", relief_id AS "reliefId" FROM relief_letters',
  );
  const written = { reliefId: String(letter?.['reliefId']), letterId: String(letter?.['id']) };
  return {
    ids: { reliefId, fundId: federation.fund.fundId },
    at: {
      ...pages,
      '/relief/:reliefId/letters/:letterId': written,
      '/relief/:reliefId/letters/:letterId.pdf': written,
      '/relief/:reliefId/look': { query: 'field=ID_NUMBER' },
    },
  };
}

/** Whoever was helped by it broke the pledge, and does not accept the flag; every word of it names the person and the illness. */
async function breachOf(village: Village, groundId: string): Promise<Ids> {
  const { house } = village;
  const words = `${MARKERS.name}没有得${MARKERS.diagnosis}，${MARKERS.note}`;
  const breaches = house.get(BreachesService);
  const proposed = { groundId, reason: words, months: 12 };
  const { breachId } = await breaches.propose(as(village, 'secretary'), proposed);
  await breaches.hear(as(village, 'clerk'), { breachId, how: 'PHONE', statement: words, told: null });
  await breaches.confirm(as(village, 'chair'), { breachId });
  const madeOn = dayOf(house.clock.now());
  const { appealId } = await house
    .get(AppealsService)
    .appeal(as(village, 'clerk'), { breachId, how: 'WRITTEN', madeOn, words });
  return { breachId, appealId };
}

/** A grant that is demanded back, one handed up, one on the fast path, one that is voted on, and one that the desk looked at. */
async function casesOf({ village, town, federation }: MarkedGround, road: Ids): Promise<MarkedPlaces> {
  const { house } = village;
  const secretary = () => as(village, 'secretary');
  const rows = rowsOf(house);
  const idIn = async (table: string, caseId: string) =>
    String((await rows(`SELECT id AS "id" FROM ${table} WHERE case_id = ?`, caseId))[0]?.['id']);

  const revoked = await again(village, { at: 'PAID', cause: 'ACCIDENT' });
  const { roundId, revocationId } = await house.get(RevocationsService).askRevocation(secretary(), {
    ...{ caseId: revoked.caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: '保险已经全部赔付' },
    recusals: [],
  });
  await raiseHands(village, roundId, 'yes');
  const breach = await breachOf(village, revocationId);
  const [recovery] = await rows('SELECT id AS "id" FROM recoveries WHERE subject_id = ?', revoked.caseId);
  const letterOf = { number: revoked.number, letterId: await idIn('case_letters', revoked.caseId) };

  const handed = await again(village, { at: 'VERIFIED', cause: 'ACCIDENT' });
  await house
    .get(HandoversService)
    .escalate(secretary(), { caseId: handed.caseId, reason: 'NO_BOARD', askedFen: null, note: MARKERS.note });
  const { overrideId } = await house.get(OverridesService).ask(secretary(), {
    ...{ kind: 'SAME_CAUSE', personId: road['personId'] ?? '', cause: 'ILLNESS', note: '又住院了一次' },
  });
  const fast = await givenApproved(village, same);
  await boardSays(village, fast, 'no');
  const voted = await again(village, { at: 'VOTING' });
  const [link] = await house
    .get(BallotLinksService)
    .makeLinks(secretary(), { roundId: voted.roundId, directorIds: null });

  const looked = await again(village, { at: 'PAID', cause: 'FIRE' });
  await house.get(FindingsService).record(onRelief(federation, 'reviewer'), {
    ...{
      caseId: looked.caseId,
      kind: 'RECTIFY',
      reason: 'PAPERS',
      dueOn: addDays(dayOf(house.clock.now()), 10),
    },
    words: '第二张看不清',
  });
  const rectificationId = await idIn('grant_outcomes', looked.caseId);
  await house
    .get(RectificationsService)
    .answer(secretary(), { rectificationId, words: '重新拍了一张', photo: await photo() });

  const personId = await personIn(house, town.societyId, { name: MARKERS.name, idNumber: MARKERS.id });
  const twice = await givenCase(town, { at: 'ACCEPTED', applicantId: personId, story: MARKERS.diagnosis });
  return {
    ids: {
      ...breach,
      ...{ recoveryId: String(recovery?.['id']), overrideId, fastPathId: fast.fastPathId, rectificationId },
      handoverId: await idIn('case_handovers', handed.caseId),
      matchId: await idIn('case_matches', twice.caseId),
    },
    at: {
      '/cases/:number/letters/:letterId.pdf': letterOf,
      '/cases/:number/fast-path': { number: fast.number },
      '/cases/:caseId/fast-path': { caseId: fast.caseId },
      '/cases/:number/answer': { number: handed.number },
      '/cases/:number/look': { query: 'field=ID_NUMBER' },
      '/overrides/new': { query: `kind=SAME_CAUSE&person=${road['personId'] ?? ''}&cause=ILLNESS` },
      '/notices/:noticeId/draft.pdf': { noticeId: looked.noticeId },
      '/rounds/:roundId/links': { roundId: voted.roundId },
      '/v/:token': { token: link?.url?.split('/').at(-1) ?? '' },
      '/desk/cases/:caseId': { caseId: looked.caseId },
    },
  };
}

/** Objections by name, one open and one answered; a notice that was taken down, and one that was corrected. */
async function noticesOf({ village }: MarkedGround): Promise<MarkedPlaces> {
  const { house } = village;
  const hung = await again(village, { at: 'RUNNING', cause: 'FIRE' });
  const said = { words: '金额和我听说的不一样', name: MARKERS.objector, phone: MARKERS.objectorPhone };
  const letter = await photo();
  const answered = await register(village, { id: hung.noticeId } as Notice, { said, letter });
  const { accountant, reviewer } = village.at;
  await assign(village, answered, { inquirers: [accountant.personId, reviewer.personId] });
  await propose(village, answered);
  await confirm(village, answered, { post: 'reviewer' });
  const open = await register(village, { id: hung.noticeId } as Notice, { said, letter });

  const down = await again(village, { at: 'RUNNING', cause: 'ACCIDENT' });
  const taken = {
    noticeId: down.noticeId,
    kind: 'FULL_NAME',
    way: 'PERSON',
    noticedAt: house.clock.now(),
  } as const;
  await house.get(IncidentsService).suspend(as(village, 'supervisor'), taken);

  const played = playSubject(house);
  const first = await givenPlayed(village);
  const items = wordsOf().items.map((item) => ({ ...item, group: '柳溪村二组' }));
  played.says.set(first.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf({ items }) }));
  const { noticeId } = await house
    .get(NoticeCorrections)
    .correct(as(village, 'clerk'), { noticeId: first.id });
  await signPlayed(village, noticeId);
  await hangPlayed(village, noticeId);
  return {
    ids: { objectionId: open.objectionId, queryCode: answered.code, textKey: 'OBJECTION', which: 'letter' },
    at: {
      '/objections/:objectionId/reply.pdf': { objectionId: answered.objectionId },
      '/takedowns/:code': { code: down.code },
      '/notices/:noticeId/incident': { noticeId: down.noticeId },
      '/notices/:noticeId/gap': { noticeId },
      '/n/:code/versions': { code: first.issue?.code ?? '' },
    },
  };
}

/** Gifts of somebody unnamed: asked back, asked to serve something else, in goods, told to an address, under a right to receipts. */
async function giftsOf({ village, federation }: MarkedGround, road: Ids): Promise<MarkedPlaces> {
  const { house, societyId } = village;
  const accountant = () => as(village, 'accountant');
  const { donorId = '', giftId = '' } = road;
  const refundId = await askRefund(village, await give(village, 20_000, { donorId }), 5_000);
  await give(village, 30_000, { donorId, intent: 'PURPOSE', purpose: '火灾' });
  const changeId = await givenAsking(village);
  const { id: giverId } = await giverOf(village, changeId, 30_000);
  const { url } = await house.get(ChangesOfUseService).makeLink(accountant(), { changeId, giverId });
  const goods = await givenGoods(village, donorId);
  const [delivery] = await rowsOf(house)(
    'SELECT id AS "id" FROM goods_deliveries WHERE society_id = ?',
    societyId,
  );
  const hook = { url: 'https://example.org/hooks/gifts', events: ['gift.received'] } as const;
  await house.get(WebhookService).addWebhook(as(village, 'chair'), { ...hook, events: [...hook.events] });
  const [endpoint] = await rowsOf(house)(
    'SELECT id AS "id" FROM webhook_endpoints WHERE society_id = ?',
    societyId,
  );
  await house.get(ReceiptRightsService).giveRight(ofFederation(federation.federationId, 'accountant'), {
    ...{ organisationId: federation.federationId, mode: 'FISCAL', ticketCode: '34170026' },
    validFrom: day('2026-01-01'),
  });
  const who = { name: MARKERS.donor, phone: MARKERS.donorPhone };
  const asking = await house.get(DonorRightsService).record(as(village, 'secretary'), {
    ...{ donorId: await givenDonor(village, who), kind: 'COPY', how: 'WRITTEN', wish: null },
    askedOn: dayOf(house.clock.now()),
  });
  const invited = { donorId: await givenDonor(village, { name: MARKERS.donor }), login: null };
  const { link } = await house.get(DonorAccountsService).inviteDonor(accountant(), invited);
  return {
    ids: {
      ...{
        giftId,
        refundId,
        changeId,
        giverId,
        itemId: goods.quilts,
        organisationId: federation.federationId,
      },
      ...{ deliveryId: String(delivery?.['id']), endpointId: String(endpoint?.['id']) },
    },
    at: {
      '/g/:token': { token: url?.split('/').at(-1) ?? '' },
      '/link/:token': { token: link?.split('/').at(-1) ?? '' },
      '/donors/requests/:requestId': asking,
      '/donors/requests/:requestId/copy': asking,
      '/donors/requests/:requestId/copy.json': asking,
    },
  };
}

/** What the register is asked about the same person: a name to correct, a copy to hand over, a consent taken back. */
async function registerOf({ village }: MarkedGround, { personId = '' }: Ids): Promise<Ids> {
  const { house } = village;
  const { correctionId } = await house.get(CorrectionsService).propose(as(village, 'secretary'), {
    ...{ personId, field: 'NAME', after: '欧阳暮春', reason: '登记时写错了字' },
  });
  const { requestId } = await house.get(PersonRightsService).record(as(village, 'secretary'), {
    ...{ personId, kind: 'COPY', how: 'WRITTEN', askedOn: dayOf(house.clock.now()) },
  });
  return { correctionId, requestId };
}
