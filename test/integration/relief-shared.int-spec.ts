import { ReliefIntakeService } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  applicantIn,
  application,
  by,
  end,
  givenFundWithMoney,
  givenProject,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  invoice,
  openPanel,
  purse,
  refused,
  relief,
  submit,
  vote,
} from '../support/relief.js';
import type { ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { idNumber, personIn } from '../support/village.js';
import { refusalsIn } from './books.given.js';

const CAP = 50_000_000;
/** Costs of their own that the formula makes these grants of. */
const COST_OF = {
  15_000_000: 25_000_000,
  30_000_000: 50_000_000,
  40_000_000: 66_666_667,
  [CAP]: 83_333_334,
} as const;

/** What several cases share: an invoice, the money of a fund, and the cap of a household. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  /** A case of this family without any insurance. */
  const asking = (
    personId: string,
    grantFen: keyof typeof COST_OF,
    at: 'REVIEWED' | 'PANEL' | 'APPROVED' | 'PAID',
  ) => givenRelief(ground, { personId, at, totalFen: COST_OF[grantFen], reimbursed: {} });
  const family = () => applicantIn(ground, ground.home);
  describe('D4-11 an invoice is used once in a fund', () => {
    it('is refused the second time, and only the desk learns where it was used', async () => {
      const bill = invoice(1_000_000);
      const first = await givenRelief(ground, { invoices: [bill] });
      const again = () => submit(ground, { invoices: [invoice(200_000), bill] });
      const personId = await family();
      const typed = await application(ground, {
        personId,
        payeeAccountId: null,
        invoices: [invoice(5), bill],
      });
      const byTheHome = await house
        .get(ReliefIntakeService)
        .applyForRelief(by(ground.home, 'clerk'), typed)
        .catch((error: unknown) => error);
      expect(byTheHome).toMatchObject({ code: 'INVOICE_USED', details: { line: 2 } });
      expect(String(byTheHome)).not.toContain(first.number);
      await expect(again()).rejects.toMatchObject({ code: 'INVOICE_USED' });

      const inTown = await personIn(house, ground.federationId, { idNumber: idNumber() });
      const fromTheDesk = await house
        .get(ReliefIntakeService)
        .applyForRelief(by(ground, 'clerk'), { ...typed, personId: inTown })
        .catch((error: unknown) => error);
      expect(fromTheDesk).toMatchObject({ code: 'INVOICE_USED', details: { line: 2, usedBy: first.number } });
    });

    it('leaves nothing of what was refused', async () => {
      const bill = invoice(1_000_000);
      await givenRelief(ground, { invoices: [bill] });
      const personId = await family();
      const typed = await application(ground, {
        personId,
        payeeAccountId: null,
        invoices: [invoice(5), bill],
      });
      await refused(ground, 'INVOICE_USED', () =>
        house.get(ReliefIntakeService).applyForRelief(by(ground.home, 'clerk'), typed),
      );
    });

    it('passes exactly one of ten who send it at the same moment', async () => {
      const bill = invoice(1_000_000);
      const typed = await Promise.all(
        Array.from({ length: 10 }, async () =>
          application(ground, { personId: await family(), payeeAccountId: null, invoices: [bill] }),
        ),
      );
      const answers = await Promise.allSettled(
        typed.map((each) => house.get(ReliefIntakeService).applyForRelief(by(ground.home, 'clerk'), each)),
      );
      const refusals = refusalsIn(answers);
      expect(refusals).toHaveLength(9);
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'INVOICE_USED' });
    });

    it('may be used again once nothing was given for it, and in another fund at any time', async () => {
      const bill = invoice(1_000_000);
      const first = await givenRelief(ground, { invoices: [bill] });
      const other = await givenFundWithMoney(house, ground.federationId);
      await submit(ground, { invoices: [bill], fundId: other.fundId });
      await end(ground, first, 'OWN_WISH');
      const second = await givenRelief(ground, { at: 'PANEL', invoices: [bill], reimbursed: {} });
      await vote(ground, second, 'NNNNN');
      await submit(ground, { invoices: [bill] });
    });
  });

  describe('the cash of one fund pays no case of another (D4-53)', () => {
    it('D4-53 opens no panel on a fund without money, however much lies in another', async () => {
      const poor = await givenFundWithMoney(house, ground.federationId, { heldFen: GRANT_FEN - 1 });
      const of = { ...ground, fund: poor };
      const made = await givenRelief(of, { at: 'REVIEWED' });
      await refused(of, 'FUND_CANNOT_COVER', () => openPanel(of, made));
      expect((await purse(ground, { fund: ground.fund.name, restriction: null })).freeFen).toBeGreaterThan(
        GRANT_FEN,
      );
    });

    it('D4-53 pays a case of a project from its purse, and from no other', async () => {
      const project = await givenProject(ground, GRANT_FEN);
      const whole = await purse(ground, { fund: ground.fund.name, restriction: null });
      const made = await givenRelief(ground, { at: 'PAID', fundId: project.fundId });
      const own = { fund: ground.fund.name, restriction: project.name };
      expect(await purse(ground, own)).toMatchObject({ balanceFen: 0, reservedFen: 0 });
      expect(await purse(ground, { fund: ground.fund.name, restriction: null })).toEqual(whole);
      expect((await relief(ground, made)).fundName).toBe(`${ground.fund.name} · ${project.name}`);
      const second = await givenRelief(ground, { at: 'REVIEWED', fundId: project.fundId });
      await refused(ground, 'FUND_CANNOT_COVER', () => openPanel(ground, second));
    });

    it('D4-53 pays a case of a fund with nothing that a project of it holds', async () => {
      const fund = await givenFundWithMoney(house, ground.federationId, { heldFen: 0 });
      const of = { ...ground, fund };
      await givenProject(of, GRANT_FEN * 2);
      const made = await givenRelief(of, { at: 'REVIEWED' });
      await refused(of, 'FUND_CANNOT_COVER', () => openPanel(of, made));
    });

    it('counts fund and project to one cap: it is of the household and the fund', async () => {
      const project = await givenProject(ground, CAP * 2);
      const personId = await family();
      await asking(personId, 40_000_000, 'APPROVED');
      const asked = { personId, totalFen: COST_OF[15_000_000], reimbursed: {}, fundId: project.fundId };
      const made = await givenRelief(ground, { ...asked, at: 'REVIEWED' });
      expect(await openPanel(ground, made)).toMatchObject({ grantFen: 10_000_000 });
    });
  });

  it('D4-58 holds money for one: of two panels the second is refused, with all as it was', async () => {
    const fund = await givenFundWithMoney(house, ground.federationId, { heldFen: GRANT_FEN + 100 });
    const of = { ...ground, fund };
    const [first, second] = [
      await givenRelief(of, { at: 'REVIEWED' }),
      await givenRelief(of, { at: 'REVIEWED' }),
    ];
    await openPanel(of, first);
    await refused(of, 'FUND_CANNOT_COVER', () => openPanel(of, second));
  });
});
