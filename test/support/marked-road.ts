import { CampaignService, purseCodeOf, ReceiptsService } from '../../src/donations/index.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { Timers } from '../../src/house/index.js';
import { api, signedIn } from './clients.js';
import type { ApiClient } from './clients.js';
import { give, givenDonor } from './donations.js';
import type { House } from './house.js';
import { MARKERS } from './markers.js';
import { as, handsOf, photo } from './village.js';
import type { Post, Village } from './village.js';

/** Real ids of what carries the markers, by the names that the routes give them. */
export type Ids = Readonly<Record<string, string>>;

type Row = Readonly<Record<string, unknown>>;

export const rowsOf =
  ({ dataSource }: House) =>
  (sql: string, ...values: string[]): Promise<Row[]> =>
    dataSource.query<Row[]>(sql, values);

/** From the first word of a need to the last paper, over the socket, with every field that must stay inside. */
export async function walkTheRoad(village: Village): Promise<Ids> {
  const { house, visitors } = village;
  const rows = rowsOf(house);
  const login = (post: Post) => api(house, village.at[post].login);
  const [clerk, secretary, cashier, chair] = await Promise.all([
    login('clerk'),
    login('secretary'),
    login('cashier'),
    login('chair'),
  ]);
  const { caseId, applicantId, payeeAccountId } = await takenOn(clerk);
  const visit = { visitors, visitedOn: '2026-03-02', note: `确是${MARKERS.diagnosis}，${MARKERS.note}` };
  await done(clerk.post(`/cases/${caseId}/visits`, visit), 'caseId');
  const roundId = await done(secretary.post(`/cases/${caseId}/rounds`, { recusals: [] }), 'roundId');
  const image = await photo();
  const sheet = {
    presiderId: village.at.chair.personId,
    hands: JSON.stringify(handsOf(village, 'yes')),
    place: '村委会',
  };
  await done(secretary.upload(`/rounds/${roundId}/show-of-hands`, sheet, { sheet: image }), 'outcome');
  const [order] = await rows('SELECT id AS "id" FROM payment_orders WHERE subject_id = ?', caseId);
  const orderId = String(order?.['id']);
  await done(
    cashier.upload(`/payments/${orderId}/transfer`, { bankReference: 'REF-1' }, { photo: image }),
    'voucherId',
  );
  const [notice] = await rows('SELECT id AS "id" FROM notices WHERE subject_id = ?', caseId);
  const noticeId = String(notice?.['id']);
  const code = await done(
    chair.post(`/notices/${noticeId}/signature`, { plannedPostingOn: '2026-03-02' }),
    'code',
  );
  const posting = { place: '村委会公示栏', postedAt: house.clock.now().toISOString() };
  await done(secretary.upload(`/notices/${noticeId}/postings`, posting, { photo: image }), 'state');
  house.clock.advance({ days: 10 });
  await house.get(Timers).runDue();
  const later = await login('secretary');
  const papers = { idCard: image, consent: image, receipt: image };
  const waived = { waiverCauseProof: `医院没给${MARKERS.diagnosis}的证明` };
  await done(later.upload(`/cases/${caseId}/papers`, waived, papers), 'done');
  const supervisor = await login('supervisor');
  await done(supervisor.post(`/cases/${caseId}/papers/CAUSE_PROOF/confirmation`, {}), 'done');
  const [found] = await rows('SELECT state AS "state" FROM cases WHERE id = ?', caseId);
  if (found?.['state'] !== 'CLOSED') throw new Error(`The road ended at ${String(found?.['state'])}`);
  return besides(village, {
    caseId,
    roundId,
    orderId,
    noticeId,
    code,
    personId: applicantId,
    payeeAccountId,
  });
}

/** What somebody heard, who it is about, the card, and the case. */
async function takenOn(
  clerk: ApiClient,
): Promise<{ readonly caseId: string; readonly applicantId: string; readonly payeeAccountId: string }> {
  const words = `${MARKERS.name}得了${MARKERS.diagnosis}`;
  const contact = `${MARKERS.name} ${MARKERS.mobile}，住${MARKERS.address}`;
  const lead = { source: 'NEIGHBOUR', place: '三组', contact, words };
  const leadId = await done(clerk.post('/leads', lead), 'leadId');
  const person = { name: MARKERS.name, group: '三组', idNumber: MARKERS.id, phone: MARKERS.mobile };
  const applicantId = await done(clerk.post('/people', { ...person, residence: 'HUKOU' }), 'personId');
  const card = { bankName: '农村信用社', cardNumber: MARKERS.card };
  const payeeAccountId = await done(
    clerk.post(`/people/${applicantId}/payee-accounts`, card),
    'payeeAccountId',
  );
  const caseId = await done(
    clerk.post('/cases', {
      ...{ leadId, applicantId, payeeAccountId, cause: 'ILLNESS', amountFen: 100_000, method: 'CARD' },
      story: words,
      consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'],
      pledged: true,
    }),
    'caseId',
  );
  return { caseId, applicantId, payeeAccountId };
}

async function done(answer: ReturnType<ApiClient['post']>, field: string): Promise<string> {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return String(body[field]);
}

/** What else of the society an address names, and words that stand in addresses. */
async function besides(village: Village, walked: Ids): Promise<Ids> {
  const { house, societyId, boardCode } = village;
  const rows = rowsOf(house);
  const { caseId = '' } = walked;
  const [found] = await rows('SELECT number AS "number" FROM cases WHERE id = ?', caseId);
  const [voucher] = (await house.get(LedgerQueries).vouchers(societyId)).rows;
  const [pool] = await house.get(LedgerQueries).purses(societyId);
  const [file] = await rows('SELECT file_id AS "id" FROM case_files WHERE case_id = ?', caseId);
  const [term] = await rows('SELECT id AS "id" FROM office_terms WHERE society_id = ?', societyId);
  return {
    ...{ ...walked, boardCode, societyId },
    ...(await giftOf(village)),
    ...(await campaignOf(village)),
    year: '2026',
    number: `2026-${String(found?.['number']).padStart(4, '0')}`,
    voucherId: voucher?.id ?? '',
    purseCode: purseCodeOf(pool?.id ?? ''),
    fileId: String(file?.['id']),
    termId: String(term?.['id']),
    accountId: village.at.chair.accountId ?? '',
    draftId: await draftOf(village),
    place: '1',
    page: '1.png',
  };
}

/** A gift of somebody who did not agree to be named, with its receipt. */
async function giftOf(village: Village): Promise<Ids> {
  const who = { name: MARKERS.donor, phone: MARKERS.donorPhone, publishesName: false };
  const donorId = await givenDonor(village, who);
  const giftId = await give(village, 60_000, { donorId });
  const receipts = village.house.get(ReceiptsService);
  const { receiptId } = await receipts.issueReceipt(as(village, 'accountant'), { giftId });
  return { donorId, giftId, receiptId };
}

/** What a society asks its own members for: a page for everybody. */
async function campaignOf(village: Village): Promise<Ids> {
  const { house } = village;
  const today = dayOf(house.clock.now());
  const { campaignId, code } = await house.get(CampaignService).openCampaign(as(village, 'chair'), {
    ...{ kind: 'TARGETED', name: '会员互助募捐', planNumber: null, planFiledOn: null, isDisaster: false },
    ...{ intent: 'UNRESTRICTED', purpose: null, purseId: null, purposeWords: '给有急难的人家。' },
    ...{ targetFen: fen(5_000_000), adminPercent: 0, startsOn: today, endsOn: addDays(today, 60) },
  });
  return { campaignId, campaignCode: code };
}

/** A half-written case of the same person, of another kind of need. */
async function draftOf(village: Village): Promise<string> {
  const { house, societyId } = village;
  const clerk = await signedIn(house, village.at.clerk.login);
  await clerk.get('/s/cases/new');
  const [found] = await rowsOf(house)(
    'SELECT id AS "id" FROM persons WHERE name = ? AND society_id = ?',
    MARKERS.name,
    societyId,
  );
  const need = {
    who: MARKERS.name,
    applicantId: String(found?.['id']),
    cause: 'ACCIDENT',
    amountFen: '500',
  };
  const { status, location } = await clerk.post('/s/cases/new', { ...need, story: MARKERS.diagnosis });
  if (status !== 303) throw new Error(`The draft was not kept: ${status}`);
  await clerk.get(location);
  const image = await photo();
  const rest = {
    ...{ 'consents[]': ['PROCESS', 'HEALTH_BANK', 'VERIFY'], pledged: 'yes', method: 'CASH' },
    'visitors[]': [village.at.fourth.personId, village.at.fifth.personId],
  };
  const { location: check } = await clerk.upload(location, rest, { idCard: image, consent: image });
  if (!check.endsWith('/check')) throw new Error('The rest of the draft was not kept');
  return location.split('/').at(-1) ?? '';
}
