import { CampaignQueries, CampaignService } from '../../src/donations/index.js';
import type { CampaignTyped } from '../../src/donations/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { addDays, day, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenFederation, ofFederation } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let federationId: string;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    federationId = await givenFederation(house);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0, parentId: federationId });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const campaigns = () => house.get(CampaignService);
  const queries = () => house.get(CampaignQueries);
  const today = () => dayOf(house.clock.now());
  const certify = (societyId = village.societyId, more: { until?: string } = {}) =>
    campaigns().setCertificate(ofFederation(federationId), {
      ...{ societyId, number: '柳民募001', validFrom: day('2026-01-01') },
      validUntil: day(more.until ?? '2026-12-31'),
    });
  const open = async (more: Partial<CampaignTyped> = {}, of = village) => {
    const typed: CampaignTyped = {
      ...{ kind: 'PUBLIC', name: '冬季助学募捐', purposeWords: '给困难家庭的孩子交学费' },
      ...{ targetFen: fen(5_000_000), startsOn: addDays(today(), 10), endsOn: addDays(today(), 200) },
      ...{ isDisaster: false, planNumber: '备2026-1', planFiledOn: today(), adminPercent: 0 },
      ...{ intent: 'UNRESTRICTED', purpose: null, purseId: null },
      ...more,
    };
    return campaigns().openCampaign(as(of, 'chair'), typed);
  };
  const targeted = (more: Partial<CampaignTyped> = {}) =>
    open({ kind: 'TARGETED', startsOn: today(), planNumber: null, planFiledOn: null, ...more });
  const report = (campaignId: string, words = '') =>
    campaigns().publishReport(as(village, 'accountant'), { campaignId, words });
  const dutyOf = async (campaignId: string) =>
    (
      await house.dataSource.query<{ kind: string; due: Date | string; open: string | null }[]>(
        `SELECT kind AS "kind", due_at AS "due", open_key AS "open" FROM duties WHERE subject_id = ? ORDER BY id`,
        [campaignId],
      )
    ).map((duty) => [
      duty.kind,
      duty.open === null ? 'ended' : 'open',
      dayOf(
        new Date(
          new Date(typeof duty.due === 'string' ? `${duty.due.replace(' ', 'T')}Z` : duty.due).getTime() - 1,
        ),
      ),
    ]);
  const all = () => queries().all(village.societyId);

  it('D4-61 refuses a public campaign of a society without the certificate, and changes nothing', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'PUBLIC_RAISING_REFUSED', kind: 'conflict' });
    expect(await all()).toEqual([]);
    // Its neighbour's, its federation's, and one that has ended are none of its own.
    await certify(federationId);
    await certify(village.societyId, { until: '2026-03-01' });
    await expect(open()).rejects.toMatchObject({ code: 'PUBLIC_RAISING_REFUSED' });
    expect(await all()).toEqual([]);
  });

  it('D4-61 opens one with the certificate and the plan filed ten days before, and owes its reports', async () => {
    await certify();
    await expect(open({ startsOn: addDays(today(), 9) })).rejects.toMatchObject({ code: 'PLAN_FILED_LATE' });
    await expect(open({ endsOn: day('2027-01-01') })).rejects.toMatchObject({
      code: 'PUBLIC_RAISING_REFUSED',
    });
    const { campaignId } = await open();
    expect(await queries().campaign(village.societyId, campaignId)).toMatchObject({
      ...{ kind: 'PUBLIC', certificateNumber: '柳民募001', donorGroup: null, state: 'OPEN' },
    });
    expect(await dutyOf(campaignId)).toEqual([['REPORT_CAMPAIGN', 'open', '2026-06-12']]);
  });

  it('reports the whole after its end, and takes nothing afterwards', async () => {
    const { campaignId } = await targeted({ endsOn: addDays(today(), 30) });
    const donorId = await givenDonor(village, { group: 'MEMBER' });
    await campaigns().endCampaign(as(village, 'chair'), { campaignId, reason: '目标已经达到' });
    await expect(
      campaigns().endCampaign(as(village, 'chair'), { campaignId, reason: '再来一次' }),
    ).rejects.toMatchObject({ code: 'CAMPAIGN_ENDED' });
    expect(await dutyOf(campaignId)).toEqual([['REPORT_CAMPAIGN', 'open', '2026-06-02']]);
    const lastDay = today();
    house.clock.advance({ hours: 24 });
    await give(village, 1_000, { campaignId, donorId, receivedOn: lastDay }); // recorded late, received in time
    expect(await report(campaignId)).toMatchObject({ kind: 'FINAL' });
    await expect(report(campaignId)).rejects.toMatchObject({ code: 'CAMPAIGN_REPORTED' });
    await expect(give(village, 1_000, { campaignId, donorId, receivedOn: lastDay })).rejects.toMatchObject({
      code: 'CAMPAIGN_REPORTED',
    });
    expect(await house.get(DutiesQueries).open(village.societyId)).not.toContainEqual(
      expect.objectContaining({ subjectId: campaignId }),
    );
  });

  it('lets a certificate be entered by the chair of the federation above, and by nobody else', async () => {
    const stranger = await givenFederation(house);
    const typed = { societyId: village.societyId, number: 'X', validFrom: today(), validUntil: today() };
    await expect(campaigns().setCertificate(as(village, 'chair'), typed)).rejects.toMatchObject({
      code: 'CERTIFICATE_NOT_YOURS',
    });
    await expect(campaigns().setCertificate(ofFederation(stranger), typed)).rejects.toMatchObject({
      code: 'SOCIETY_NOT_FOUND',
    });
    await expect(
      campaigns().setCertificate(ofFederation(federationId), { ...typed, validUntil: day('2026-01-01') }),
    ).rejects.toMatchObject({ code: 'CERTIFICATE_DAYS_WRONG' });
    expect(await queries().certificates(village.societyId)).toEqual([]);
  });

  it('takes nothing more in public from the day on which the certificate is withdrawn', async () => {
    await certify();
    const { campaignId } = await open();
    house.clock.advance({ hours: 24 * 20 });
    await give(village, 10_000, { campaignId });
    await campaigns().withdrawCertificate(ofFederation(federationId), {
      societyId: village.societyId,
      from: today(),
    });
    await expect(give(village, 10_000, { campaignId })).rejects.toMatchObject({
      code: 'PUBLIC_RAISING_REFUSED',
    });
    await give(village, 10_000, { campaignId, receivedOn: addDays(today(), -1) }); // came in the day before
    expect(await queries().figures(campaignId)).toMatchObject({ gifts: 2, receivedFen: 20_000 });
  });

  it('takes a gift under a targeted campaign from its group, and from nobody else (art. 29)', async () => {
    const { campaignId } = await targeted();
    const member = await givenDonor(village, { group: 'MEMBER' });
    const stranger = await givenDonor(village, { group: 'CARING' });
    await give(village, 20_000, { campaignId, donorId: member });
    for (const donorId of [stranger, null])
      await expect(give(village, 10_000, { campaignId, donorId })).rejects.toMatchObject({
        code: 'DONOR_OUTSIDE_GROUP',
      });
    expect(await queries().figures(campaignId)).toEqual({
      ...{ gifts: 1, donors: 1, receivedFen: 20_000, goodsFen: 0 },
      ...{ usedFen: 0, refundedFen: 0, unspentFen: 20_000 },
    });
  });

  it('counts a gift only on its days, for its purse, and no fee', async () => {
    const { campaignId } = await targeted({
      intent: 'PURPOSE',
      purpose: '就学',
      endsOn: addDays(today(), 5),
    });
    const donorId = await givenDonor(village, { group: 'MEMBER' });
    const gift = { campaignId, donorId, intent: 'PURPOSE', purpose: '就学' } as const;
    await expect(give(village, 1_000, { campaignId, donorId })).rejects.toMatchObject({
      code: 'CAMPAIGN_PURSE_DIFFERS',
    });
    await expect(give(village, 1_000, { ...gift, nature: 'FEE' })).rejects.toMatchObject({
      code: 'FEE_IN_CAMPAIGN',
    });
    const before = addDays(today(), -1);
    await expect(give(village, 1_000, { ...gift, receivedOn: before })).rejects.toMatchObject({
      code: 'CAMPAIGN_NOT_RUNNING',
    });
    await give(village, 1_000, gift);
    house.clock.advance({ hours: 24 * 6 });
    await expect(give(village, 1_000, gift)).rejects.toMatchObject({ code: 'CAMPAIGN_NOT_RUNNING' });
    expect((await queries().figures(campaignId)).gifts).toBe(1);
  });

  it('D4-69 knows no campaign of another society', async () => {
    const { campaignId } = await targeted();
    const other = await givenVillage(house, { heldFen: 0 });
    await expect(queries().campaign(other.societyId, campaignId)).rejects.toMatchObject({
      code: 'CAMPAIGN_NOT_FOUND',
    });
    const donorId = await givenDonor(other, { group: 'MEMBER' });
    await expect(give(other, 1_000, { campaignId, donorId })).rejects.toMatchObject({
      code: 'CAMPAIGN_NOT_FOUND',
    });
    for (const act of [
      () => campaigns().publishReport(as(other, 'accountant'), { campaignId, words: '' }),
      () => campaigns().endCampaign(as(other, 'chair'), { campaignId, reason: '试试' }),
      () => campaigns().filePlan(as(other, 'chair'), { campaignId, planNumber: 'x', planFiledOn: today() }),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'CAMPAIGN_NOT_FOUND' });
  });

  it('refuses words that lay it on households, or that belong to one person', async () => {
    await expect(targeted({ purposeWords: '每户 200 元，助学' })).rejects.toMatchObject({
      code: 'QUOTA_REFUSED',
    });
    await expect(targeted({ name: '人均五十助学' })).rejects.toMatchObject({ code: 'QUOTA_REFUSED' });
    await expect(targeted({ purposeWords: '找老王 13900005341' })).rejects.toMatchObject({
      code: 'CAMPAIGN_TEXT_PERSONAL',
    });
    const { campaignId } = await targeted();
    await expect(report(campaignId, '没捐的每户补交')).rejects.toMatchObject({ code: 'QUOTA_REFUSED' });
    expect(await queries().reports(campaignId)).toEqual([]);
  });

  it('publishes what the books have, frozen, and starts the next clock', async () => {
    const { campaignId } = await targeted();
    const donorId = await givenDonor(village, { group: 'MEMBER' });
    await give(village, 100_000, { campaignId, donorId });
    await give(village, 30_000); // not in answer to it
    await givenCase(village, { at: 'PAID', amountFen: 60_000 });
    expect(await report(campaignId, '用在两户受灾家庭')).toMatchObject({ number: 1, kind: 'PERIODIC' });
    await give(village, 50_000, { campaignId, donorId });
    const [published] = await queries().reports(campaignId);
    expect(published).toMatchObject({
      figures: { gifts: 1, receivedFen: 100_000, usedFen: 60_000, unspentFen: 40_000, refundedFen: 0 },
    });
    expect(await queries().figures(campaignId)).toMatchObject({ receivedFen: 150_000, unspentFen: 90_000 });
    const duties = await dutyOf(campaignId);
    expect(duties.map(([kindOf, state]) => [kindOf, state])).toEqual([
      ['REPORT_CAMPAIGN', 'ended'],
      ['REPORT_CAMPAIGN', 'open'],
    ]);
  });

  it('after a disaster begins at once, files its plan within ten days, and publishes every five days', async () => {
    await certify();
    const asked = { isDisaster: true, startsOn: today(), endsOn: addDays(today(), 18) };
    const { campaignId } = await open({ ...asked, planNumber: null, planFiledOn: null });
    expect(await dutyOf(campaignId)).toEqual([
      ['REPORT_CAMPAIGN', 'open', addDays(today(), 5)],
      ['FILE_PLAN', 'open', addDays(today(), 10)],
    ]);
    const plan = { campaignId, planNumber: '应急备2026-1', planFiledOn: today() };
    await campaigns().filePlan(as(village, 'secretary'), plan);
    await expect(campaigns().filePlan(as(village, 'secretary'), plan)).rejects.toMatchObject({
      code: 'PLAN_NOT_AWAITED',
    });
    house.clock.advance({ hours: 24 * 4 });
    await report(campaignId);
    expect((await dutyOf(campaignId)).at(-1)).toEqual(['REPORT_CAMPAIGN', 'open', addDays(today(), 5)]);
  });

  it('is cancelled, and not reported, where it has not begun', async () => {
    const { campaignId } = await targeted({ startsOn: addDays(today(), 3) });
    await expect(report(campaignId)).rejects.toMatchObject({ code: 'CAMPAIGN_NOT_STARTED' });
    await campaigns().endCampaign(as(village, 'chair'), { campaignId, reason: '理事会改主意了' });
    expect(await queries().campaign(village.societyId, campaignId)).toMatchObject({ state: 'CANCELLED' });
    expect((await dutyOf(campaignId)).map(([, state]) => state)).toEqual(['ended']);
  });

  it('publishes one whole and loses no gift, when ten report and ten give at once', async () => {
    const { campaignId } = await targeted({ endsOn: addDays(today(), 1) });
    const donorId = await givenDonor(village, { group: 'MEMBER' });
    const lastDay = addDays(today(), 1);
    house.clock.advance({ hours: 48 });
    const tries = await Promise.allSettled([
      ...Array.from({ length: 10 }, () => report(campaignId)),
      ...Array.from({ length: 10 }, () => give(village, 1_000, { campaignId, donorId, receivedOn: lastDay })),
    ]);
    const reported = tries.slice(0, 10).filter(({ status }) => status === 'fulfilled');
    const given = tries.slice(10).filter(({ status }) => status === 'fulfilled').length;
    expect(reported).toHaveLength(1);
    const [whole] = await queries().reports(campaignId);
    expect(whole?.figures).toEqual(await queries().figures(campaignId));
    expect(whole?.figures.gifts).toBe(given);
  });
});
