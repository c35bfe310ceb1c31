import { LeadsService } from '../../src/cases/index.js';
import { CampaignService, ChangesOfUseQueries } from '../../src/donations/index.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { InstitutionsService } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import { give, givenDonor } from './donations.js';
import { givenAsking } from './gift-refunds.js';
import type { MarkedGround } from './marked-places.js';
import { by as onSeat } from './relief.js';
import type { FieldSchema } from './sample-fields.js';
import { as, cardNumber, givenCase, personIn } from './village.js';

/** What the id in a field of a body may stand for. */
export type Thing =
  | 'person'
  | 'director'
  | 'household'
  | 'society'
  | 'lead'
  | 'card'
  | 'case'
  | 'donor'
  | 'campaign'
  | 'purse'
  | 'giver'
  | 'fund'
  | 'hospital';
export type Things = Readonly<Record<Thing, string>>;

const THING_OF: Readonly<Record<string, Thing>> = {
  applicantId: 'person',
  campaignId: 'campaign',
  directorId: 'director',
  directorIds: 'director',
  donorId: 'donor',
  fundId: 'fund',
  giverId: 'giver',
  goneId: 'donor',
  groundId: 'case',
  guardianId: 'person',
  hands: 'director',
  holderId: 'society',
  householdId: 'household',
  inquirers: 'director',
  institutionId: 'hospital',
  intoPurseId: 'purse',
  leadId: 'lead',
  otherId: 'person',
  parts: 'hospital',
  payeeAccountId: 'card',
  payeeId: 'person',
  personId: 'person',
  presentIds: 'director',
  presiderId: 'director',
  purseId: 'purse',
  receivedBy: 'person',
  recusals: 'director',
  relativeId: 'person',
  scores: 'director',
  societyId: 'society',
  subjectId: 'case',
  toSocietyId: 'society',
  together: 'person',
  togetherWith: 'person',
  visitors: 'person',
  witnessOne: 'person',
  witnessTwo: 'person',
};

/** Lists of words, which name nobody. */
const WORDS = new Set('causes consents events found invoices items papers policies tags values'.split(' '));

/** The thing that a field names; null where it names none. Throws for an id that nobody has said anything about. */
export function thingIn(name: string, { type, format, items }: FieldSchema): Thing | null {
  const known = THING_OF[name];
  if (known !== undefined) return known;
  const isList = type === 'array' && items?.enum === undefined && !WORDS.has(name);
  if (format === 'uuid' || isList) throw new Error(`What does the field ${name} name?`);
  return null;
}

/** An id as the field takes it. */
export function valueOf(name: string, { type }: FieldSchema, id: string): unknown {
  if (name === 'recusals') return [{ personId: id, reason: 'OTHER' }];
  if (name === 'hands') return JSON.stringify([{ directorId: id, choice: 'yes' }]);
  if (name === 'scores') return JSON.stringify([{ personId: id, score: 80 }]);
  if (name === 'parts') return [{ amountFen: 100, institutionId: id }];
  return type === 'array' ? [id] : id;
}

/** One of each of these, in a village and in the federation above it. */
export async function thingsOf({ village, federation }: MarkedGround): Promise<Things> {
  const { house, societyId } = village;
  const person = await personIn(house, societyId, { name: '范别家' });
  const [row] = await house.dataSource.query<{ id: string }[]>(
    'SELECT household_id AS "id" FROM persons WHERE id = ?',
    [person],
  );
  const lead = { source: 'NEIGHBOUR', place: '三组', contact: '村口小卖部', words: null } as const;
  const { leadId } = await house.get(LeadsService).recordLead(as(village, 'clerk'), lead);
  const card = { personId: person, bankName: '农村信用社', cardNumber: cardNumber() };
  const { payeeAccountId } = await house.get(PeopleService).addPayeeAccount(as(village, 'clerk'), card);
  const donor = await givenDonor(village);
  await give(village, 33_000, { donorId: donor, intent: 'PURPOSE', purpose: '就学' });
  const asking = await givenAsking(village, { from: '就学' });
  const [giver] = await house.get(ChangesOfUseQueries).giversOf(asking);
  const [pool] = await house.get(LedgerQueries).purses(societyId);
  const today = dayOf(house.clock.now());
  const { campaignId } = await house.get(CampaignService).openCampaign(as(village, 'chair'), {
    ...{ kind: 'TARGETED', name: '会员助学', planNumber: null, planFiledOn: null, isDisaster: false },
    ...{ intent: 'UNRESTRICTED', purpose: null, purseId: null, purposeWords: '给要上学的孩子。' },
    ...{ targetFen: fen(5_000_000), adminPercent: 0, startsOn: today, endsOn: addDays(today, 60) },
  });
  const { caseId } = await givenCase(village, { at: 'PAID', applicantId: person, method: 'CASH' });
  const hospital = { name: '演示县人民医院', bankName: '农业银行', accountNumber: cardNumber() };
  const { institutionId } = await house
    .get(InstitutionsService)
    .addInstitution(onSeat(federation, 'secretary'), hospital);
  return {
    ...{ director: village.at.third.personId },
    ...{ person, household: row?.id ?? '', society: societyId, lead: leadId, card: payeeAccountId },
    ...{ case: caseId, donor, campaign: campaignId, purse: pool?.id ?? '', giver: giver?.id ?? '' },
    ...{ fund: federation.fund.fundId, hospital: institutionId },
  };
}
