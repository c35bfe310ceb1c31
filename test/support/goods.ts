import { GoodsQueries, GoodsService } from '../../src/donations/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { as } from './village.js';
import type { Village } from './village.js';

export type GivenGoods = { readonly giftId: string; readonly rice: string; readonly quilts: string };

/** Twenty bags of rice at 60.00 and ten quilts at 100.00, on the shelf: worth 2,200.00. */
export async function givenGoods(village: Village, donorId: string | null = null): Promise<GivenGoods> {
  const { house, societyId } = village;
  const goods = house.get(GoodsService);
  const { deliveryId } = await goods.receiveGoods(as(village, 'clerk'), {
    ...{ donorId, campaignId: null, receivedOn: dayOf(house.clock.now()), intentWords: '给着火的人家' },
    lines: [
      { name: '大米', quantity: 20, unit: '袋', expiresOn: null },
      { name: '棉被', quantity: 10, unit: '床', expiresOn: null },
    ],
  });
  await goods.inspectGoods(as(village, 'supervisor'), {
    ...{ deliveryId, finding: null },
    found: [
      { accepted: 20, expiresOn: null },
      { accepted: 10, expiresOn: null },
    ],
  });
  await goods.valueGoods(as(village, 'accountant'), {
    deliveryId,
    values: [6_000, 10_000].map((price) => ({ unitValueFen: fen(price), evidence: 'INVOICE' as const })),
  });
  const { giftId } = await goods.stockGoods(as(village, 'accountant'), { deliveryId });
  const [rice, quilts] = await house.get(GoodsQueries).items(deliveryId);
  if (!rice || !quilts) throw new Error(`Nothing of the goods of ${societyId} is on the shelf`);
  return { giftId, rice: rice.id, quilts: quilts.id };
}

export const issueGoods = (village: Village, itemId: string, caseNumber: string, quantity: number) =>
  village.house
    .get(GoodsService)
    .issueGoods(as(village, 'clerk'), { itemId, quantity, caseNumber, isNoKin: true, slip: null });

export const disposeGoods = (village: Village, itemId: string, quantity: number) =>
  village.house
    .get(GoodsService)
    .disposeGoods(as(village, 'secretary'), { itemId, quantity, reason: '受潮了' });
