import { CampaignService, GoodsQueries, GoodsService, WebhookService } from '../../../src/donations/index.js';
import { addDays, dayOf } from '../../../src/kernel/day.js';
import { fen } from '../../../src/kernel/fen.js';
import { give, givenDonor } from '../../support/donations.js';
import { givenFederation, ofFederation } from '../../support/federation.js';
import type { House } from '../../support/house.js';
import { givenOfficer } from '../../support/officers.js';
import { as, givenCase, givenVillage } from '../../support/village.js';
import type { Village } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

/** Campaigns with their reports and certificate, goods at each of their stations, and an address that is told of gifts. */
export async function placesOfCampaigns(house: House): Promise<[route: string, places: Place[]][]> {
  const federationId = await givenFederation(house);
  const village = await givenVillage(house, { heldFen: 1_000_000, parentId: federationId });
  const { societyId, at: who } = village;
  const today = dayOf(house.clock.now());
  const above = await givenOfficer(house, federationId, 'CHAIR');
  const campaigns = house.get(CampaignService);
  const days = { validFrom: addDays(today, -30), validUntil: addDays(today, 400) };
  await campaigns.setCertificate(ofFederation(federationId), {
    societyId,
    number: '柳民募字第0001号',
    ...days,
  });
  const asked = {
    ...{ purposeWords: '给困难家庭的孩子交学费、买书本。\n钱直接交到学校。', targetFen: fen(5_000_000) },
    ...{ isDisaster: false, adminPercent: 0, purpose: null, purseId: null },
    intent: 'UNRESTRICTED',
  } as const;
  const chair = () => as(village, 'chair');
  const pub = await campaigns.openCampaign(chair(), {
    ...{ ...asked, kind: 'PUBLIC', name: '冬季助学公开募捐', planNumber: '备2026-0001', planFiledOn: today },
    ...{ startsOn: addDays(today, 10), endsOn: addDays(today, 200) },
  });
  const own = await campaigns.openCampaign(chair(), {
    ...{ ...asked, kind: 'TARGETED', name: '会员互助募捐', planNumber: null, planFiledOn: null },
    ...{ startsOn: today, endsOn: addDays(today, 60) },
  });
  const donorId = await givenDonor(village, { group: 'MEMBER', name: '顾会员' });
  await house
    .get(WebhookService)
    .addWebhook(chair(), { url: 'https://example.org/hooks/gifts', events: ['gift.received', 'gift.used'] });
  await give(village, 123_456, { campaignId: own.campaignId, donorId });
  await campaigns.publishReport(as(village, 'accountant'), {
    campaignId: own.campaignId,
    words: '第一次公布。',
  });
  const goods = await goodsOf(house, village, donorId);
  const [hook] = await house.dataSource.query<{ id: string }[]>(
    'SELECT id FROM webhook_endpoints WHERE society_id = ?',
    [societyId],
  );
  const at = (url: string, login = who.secretary.login) => ({ url, login });
  return [
    ['/s/campaigns', [at('/s/campaigns'), at('/s/campaigns', who.accountant.login)]],
    ['/s/campaigns/:campaignId', [pub, own].map(({ campaignId }) => at(`/s/campaigns/${campaignId}`))],
    [
      '/s/campaigns/certificates',
      [at('/s/campaigns/certificates'), at('/s/campaigns/certificates', above.login)],
    ],
    ['/c/:campaignCode', [pub, own].map(({ code }) => at(`/c/${code}`))],
    ['/s/goods', [at('/s/goods')]],
    [
      '/s/goods/:deliveryId',
      [
        at(`/s/goods/${goods.received}`),
        at(`/s/goods/${goods.received}`, who.clerk.login),
        at(`/s/goods/${goods.stocked}`, who.accountant.login),
      ],
    ],
    ['/s/goods/items/:itemId', [at(`/s/goods/items/${goods.item}`)]],
    ['/s/webhooks', [at('/s/webhooks')]],
    ['/s/webhooks/:endpointId', [at(`/s/webhooks/${hook?.id ?? ''}`)]],
    ['/s/donations/import', [at('/s/donations/import', who.accountant.login)]],
  ];
}

async function goodsOf(house: House, village: Village, donorId: string) {
  const service = house.get(GoodsService);
  const today = dayOf(house.clock.now());
  const came = (name: string) =>
    service.receiveGoods(as(village, 'clerk'), {
      ...{ donorId, campaignId: null, receivedOn: today, intentWords: '' },
      lines: [{ name, quantity: 20, unit: '袋', expiresOn: addDays(today, 20) }],
    });
  const { deliveryId: received } = await came('面粉');
  const { deliveryId: stocked } = await came('大米');
  const found = [{ accepted: 20, expiresOn: addDays(today, 20) }];
  await service.inspectGoods(as(village, 'supervisor'), { deliveryId: stocked, found, finding: null });
  const values = [{ unitValueFen: fen(6_000), evidence: 'INVOICE' as const }];
  await service.valueGoods(as(village, 'accountant'), { deliveryId: stocked, values });
  await service.stockGoods(as(village, 'accountant'), { deliveryId: stocked });
  const [item] = await house.get(GoodsQueries).items(stocked);
  const { number } = await givenCase(village, { at: 'PAID', amountFen: 50_000 });
  const out = { quantity: 2, caseNumber: number, isNoKin: true, slip: null };
  await service.issueGoods(as(village, 'clerk'), { itemId: item?.id ?? '', ...out });
  return { received, stocked, item: item?.id ?? '' };
}
