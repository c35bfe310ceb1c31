import { PaymentsQueries, PaymentsService, PaymentSubjects } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

/** What the register learns after a round was opened counts from the moment that it is learned. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const kinOf = (post: Post, personId: string) =>
    house.get(PeopleService).declareKin(as(village, 'clerk'), {
      personId,
      relativeId: village.at[post].personId,
      relation: 'LINEAL',
    });

  it('does not let a cashier pay who became kin after the board had decided', async () => {
    const made = await givenCase(village, { at: 'APPROVED' });
    await kinOf('cashier', made.applicantId);
    const pay = async (post: Post) =>
      house.get(PaymentsService).recordPayment(as(village, post), {
        orderId: made.orderId,
        photo: await photo(),
      });
    await expect(pay('cashier')).rejects.toMatchObject({ kind: 'forbidden', code: 'MAY_NOT_PAY' });
    const { state } = await house.get(PaymentsQueries).order(village.societyId, made.orderId);
    expect(state).toBe('TO_PAY');
    await pay('otherCashier');
  });

  it('does not let a chair approve who is kin, nor the applicant, and the deputy may', async () => {
    const made = await givenCase(village, { at: 'VERIFIED', cause: 'FIRE' });
    await kinOf('chair', made.applicantId);
    const { societyId } = village;
    const veto = (personId: string) =>
      house.get(PaymentSubjects).of('case').mayApprove(societyId, made.caseId, personId);
    expect(await veto(village.at.chair.personId)).toMatch(/有关系.*不能同意付款/);
    expect(await veto(made.applicantId)).toBe('申请人本人不能同意付款。');
    expect(await veto(village.at.deputy.personId)).toBeNull();
  });
});
