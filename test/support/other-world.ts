import { randomUUID } from 'node:crypto';
import {
  DonationListService,
  DonorRightsService,
  GiftImportService,
  readGiftSheet,
} from '../../src/donations/index.js';
import { GIFT_COLUMNS } from '../../src/donations/domain/gift-import.js';
import { readFilter } from '../../src/federation/domain/desk-filter.js';
import { SavedViewsService } from '../../src/federation/saved-views.service.js';
import { playDemo } from '../../src/demo/play.js';
import { dayOf } from '../../src/kernel/day.js';
import { MessagesOutbox } from '../../src/messages/index.js';
import { InstitutionsService } from '../../src/payments/index.js';
import { PersonRightsService } from '../../src/people/index.js';
import { CorrectionsService } from '../../src/people/corrections/corrections.service.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { placesOfCampaigns } from '../browser/support/campaign-places.js';
import { placesOfDesk } from '../browser/support/desk-places.js';
import { placesOfObjections } from '../browser/support/objection-places.js';
import { placesOfReceipts } from '../browser/support/receipt-places.js';
import { placesOfRefunds } from '../browser/support/refund-places.js';
import { givenAppeal } from './breaches.js';
import { signedIn } from './clients.js';
import { by, givenDesk } from './desk.js';
import { give, givenDonor } from './donations.js';
import type { House } from './house.js';
import { nobodysId } from './matrix.js';
import { sheetOfRows } from './sheets.js';
import { as, givenVillage, personIn } from './village.js';
import type { Village } from './village.js';

/** The table that holds what a route calls so. Names that no society owns are in `PLAIN` and `PUBLIC`. */
const TABLE_OF: Readonly<Record<string, string>> = {
  accountId: 'accounts',
  appealId: 'breach_appeals',
  breachId: 'breach_flags',
  campaignId: 'campaigns',
  caseId: 'cases',
  changeId: 'use_changes',
  correctionId: 'person_corrections',
  donorId: 'donors',
  draftId: 'case_drafts',
  endpointId: 'webhook_endpoints',
  fastPathId: 'fast_paths',
  fileId: 'stored_files',
  fundId: 'funds',
  giftId: 'gifts',
  giverId: 'use_change_givers',
  handoverId: 'case_handovers',
  importId: 'gift_imports',
  institutionId: 'payee_institutions',
  itemId: 'goods_items',
  listId: 'donation_lists',
  matchId: 'case_matches',
  messageId: 'messages',
  noticeId: 'notices',
  objectionId: 'notice_objections',
  orderId: 'payment_orders',
  organisationId: 'organisations',
  overrideId: 'case_overrides',
  personId: 'persons',
  receiptId: 'receipts',
  recoveryId: 'recoveries',
  rectificationId: 'grant_outcomes',
  refundId: 'gift_refunds',
  reliefId: 'relief_cases',
  requestId: 'person_requests',
  roundId: 'rounds',
  sessionId: 'sessions',
  societyId: 'organisations',
  termId: 'office_terms',
  viewId: 'saved_views',
  voucherId: 'vouchers',
};

/** Words of an address that belong to nobody. */
const PLAIN: Readonly<Record<string, string>> = {
  kind: 'CAUSE_PROOF',
  textKey: 'OBJECTION',
  which: 'letter',
  year: '2026',
};

/** What an address of these names stands for: a real object of somebody else, or a plain word. */
export type OtherWorld = {
  readonly village: Village;
  /** Throws for a name that nobody has said anything about: a new route brings a line above, and an object below. */
  readonly idFor: (name: string, path: string) => string;
};

/** Of an object that nobody has; plain words stay as they are. */
export const nobodysIdFor = (name: string): string => PLAIN[name] ?? nobodysId(name);

export const namesIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** Whether the address names something that a society or a person owns. */
export const namesAnObject = (path: string): boolean =>
  namesIn(path).some((name) => PLAIN[name] === undefined);

/**
 * Societies, towns and federations with at least one of everything that an address can name. Whoever is founded after
 * it has nothing to do with any of it.
 */
export async function givenOtherWorld(house: House): Promise<OtherWorld> {
  await playDemo(house.app, house.clock);
  await placesOfDesk(house);
  await placesOfRefunds(house);
  await placesOfCampaigns(house);
  await placesOfReceipts(house);
  await placesOfObjections(house);
  const village = await givenRest(house);
  const ids = new Map<string, string>();
  const first = async (name: string, sql: string) => {
    const [row] = await house.dataSource.query<{ id: string }[]>(`${sql} LIMIT 1`);
    if (row) ids.set(name, row.id);
  };
  for (const [name, table] of Object.entries(TABLE_OF)) await first(name, `SELECT id AS "id" FROM ${table}`);
  await first('donors/requests', 'SELECT id AS "id" FROM donor_requests');
  await first('goods', 'SELECT id AS "id" FROM goods_deliveries');
  await first('webhooks', 'SELECT id AS "id" FROM webhook_deliveries');
  await first('cases/letters', 'SELECT id AS "id" FROM case_letters');
  await first('relief/letters', 'SELECT id AS "id" FROM relief_letters');
  await first('code', `SELECT code AS "id" FROM notice_issues`);
  ids.set('number', '2026-0001');
  return {
    village,
    idFor(name, path) {
      const plain = PLAIN[name];
      if (plain !== undefined) return plain;
      const found = ids.get(wordFor(name, path));
      if (found === undefined) throw new Error(`No object of another society for :${name} in ${path}`);
      return found;
    },
  };
}

/** Some names stand for one thing here and another there. */
function wordFor(name: string, path: string): string {
  if (name === 'deliveryId') return path.includes('/webhooks/') ? 'webhooks' : 'goods';
  if (name === 'requestId' && path.includes('/donors/')) return 'donors/requests';
  if (name === 'letterId') return path.includes('/relief/') ? 'relief/letters' : 'cases/letters';
  return name;
}

const GIFT_ROW: Readonly<Record<string, string>> = {
  ...{ name: '顾表格', kind: '个人', amount: '500', receivedOn: '2026-03-01', method: '现金' },
};

/** What the pages of the others do not bring along. */
async function givenRest(house: House): Promise<Village> {
  const village = await givenVillage(house);
  const personId = await personIn(house, village.societyId, { name: '范常河' });
  const asked = { personId, field: 'NAME', after: '范长河', reason: '登记时写错了字' } as const;
  await house.get(CorrectionsService).propose(as(village, 'secretary'), asked);
  await house.get(PersonRightsService).record(as(village, 'secretary'), {
    ...{ personId, kind: 'COPY', how: 'WRITTEN', askedOn: dayOf(house.clock.now()) },
  });
  const institution = { name: '演示县人民医院', bankName: '农业银行', accountNumber: '34050166990000017788' };
  await house.get(InstitutionsService).addInstitution(as(village, 'secretary'), institution);
  await give(village, 10_000);
  await house.get(DonorRightsService).record(as(village, 'secretary'), {
    ...{ donorId: await givenDonor(village), kind: 'COPY', how: 'WRITTEN', wish: null },
    askedOn: dayOf(house.clock.now()),
  });
  await house.get(DonationListService).draftList(as(village, 'accountant'), { span: 'TODAY' });
  const cells = Object.keys(GIFT_COLUMNS).map((column) => GIFT_ROW[column] ?? null);
  const sheet = await readGiftSheet(await sheetOfRows([Object.values(GIFT_COLUMNS), cells]));
  await house.get(GiftImportService).previewSheet(as(village, 'accountant'), sheet);
  await givenAppeal(village);
  await givenDraft(village);
  await givenText(village);
  const desk = await givenDesk(house);
  await house.get(SavedViewsService).save(by(desk, 'reviewer'), '火灾', readFilter({ cause: 'FIRE' }));
  return village;
}

/** A text of the society that waits to be sent. */
async function givenText({ house, societyId }: Village): Promise<void> {
  const about = { subjectId: randomUUID(), cause: `case.accepted:${randomUUID()}` };
  const event = 'case.accepted' as const;
  const text = { event, template: 'application-accepted' as const, parameters: { day: '3月2日' } };
  const when = { notBefore: null, expiresAt: null, needsConsent: false };
  const whom = { societyId, id: randomUUID(), number: '19912340000' };
  const outbox = house.get(MessagesOutbox);
  await house.get(Transactions).run((tx) => outbox.tell(tx, whom, { ...about, ...text, ...when }));
}

/** An intake that the clerk has begun; its id. */
export async function givenDraft(village: Village, post: 'clerk' | 'secretary' = 'clerk'): Promise<string> {
  const clerk = await signedIn(village.house, village.at[post].login);
  const applicantId = await personIn(village.house, village.societyId, { name: '范起头' });
  await clerk.get('/s/cases/new');
  const need = { who: '范起头', applicantId, cause: 'ACCIDENT', amountFen: '500', story: '摔伤了' };
  const { status, location } = await clerk.post('/s/cases/new', need);
  if (status !== 303) throw new Error(`The draft was not kept: ${status}`);
  return location.split('/').at(-1) ?? '';
}
