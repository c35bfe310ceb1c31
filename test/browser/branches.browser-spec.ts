import type { Browser } from 'playwright-core';
import { CasesQueries } from '../../src/cases/index.js';
import { RecoveriesQueries } from '../../src/payments/index.js';
import { caseAt } from '../lives/house-cases.js';
import { listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { givenTown, givenVillage, photo } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';
import { describeInBrowser, launch } from './support/browser.js';
import { Walker } from './support/road.js';

const PHONE = { width: 360, height: 740, script: true };
const DIRECTORS = ['chair', 'deputy', 'third', 'fourth', 'fifth'] as const satisfies readonly Post[];

/** Each way off the straight road, from the page of the case to where it leads, with a thumb. */
describeInBrowser('the branches of the emergency road, on a phone', () => {
  let browser: Browser;
  let house: House;
  let town: Village;
  let village: Village;
  let jpeg: Buffer;

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite);
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId });
    [browser, jpeg] = await Promise.all([launch(), photo()]);
  });
  staysSound(() => house);
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  const enter = async (post: Post, of = village): Promise<Walker> => {
    const walker = await Walker.enter(browser, await listening(house), PHONE);
    await walker.signIn(of.at[post].login);
    return walker;
  };
  const expectStop = async (walker: Walker, ...words: string[]) => {
    expect(await walker.faults({ words })).toEqual([]);
  };
  const unfold = (walker: Walker, words: string) =>
    walker.page
      .locator('details', { has: walker.page.locator('summary', { hasText: words }) })
      .evaluateAll((all) => {
        for (const one of all) one.setAttribute('open', '');
      });
  /** From the page of the case, by one of the rare acts that lie under 其他. */
  const openOther = async (walker: Walker, { number }: GivenCase, words: string) => {
    await walker.goto(`/s/cases/${number}`);
    await expectStop(walker, number);
    await unfold(walker, '其他');
    await walker.press(words);
  };
  /** On the page of a round: all five raise a hand. */
  const raiseHands = async (walker: Walker, of: Village, choice: 'yes' | 'no') => {
    await unfold(walker, '记举手表决');
    for (const post of DIRECTORS) await walker.tick(`hand-${of.at[post].personId}`, choice);
    await walker.tick('presiderId', of.at.chair.personId);
    await walker.photograph('sheet', jpeg);
    await walker.press('记下举手结果');
  };
  const stateOf = async ({ caseId }: GivenCase) =>
    (await house.get(CasesQueries).case(village.societyId, caseId)).state;

  it('rejected, and looked at again by the town', async () => {
    const made = await caseAt(village, town, 'VOTING');
    const walker = await enter('secretary');
    await walker.goto(`/s/rounds/${made.roundId}`);
    await raiseHands(walker, village, 'no');
    await expectStop(walker, '不通过', '打印会议记录');
    await openOther(walker, made, '申请人要求复核');
    await expectStop(walker, '转去复核');
    await walker.press('转去复核');
    await expectStop(walker, '已转镇联合社', '申请人要求复核', '不予救助告知书', '转办函');
    expect(await stateOf(made)).toBe('ESCALATED');
    await walker.context.close();
  });

  it('amended while the board votes', async () => {
    const made = await caseAt(village, town, 'VOTING');
    const walker = await enter('secretary');
    await openOther(walker, made, '改案件');
    await walker.page.fill('[name=amountFen]', '800');
    await walker.page.selectOption('[name=reason]', 'NEED_CHANGED');
    await expectStop(walker, '改案件');
    await walker.press('改案件');
    await expectStop(walker, '已核实', '800.00 元', '请大家表决', '要重新表决');
    expect(await stateOf(made)).toBe('VERIFIED');
    await walker.context.close();
  });

  it.each([
    ['withdrawn', 'OWN_WISH', '已撤回', 'WITHDRAWN'],
    ['ended by a death before the payment', 'DEATH', '已终止', 'TERMINATED'],
  ])('%s', async (_name, reason, words, state) => {
    const made = await caseAt(village, town, 'APPROVED');
    const walker = await enter('secretary');
    await openOther(walker, made, '撤回或终止');
    await walker.tick('reason', reason);
    await expectStop(walker, '结束这个案件');
    await walker.press('结束这个案件');
    await expectStop(walker, words, '撤回（终止）确认书', '付款单（已取消）');
    expect(await stateOf(made)).toBe(state);
    await walker.context.close();
  });

  it('handed up to the town, which answers', async () => {
    const made = await caseAt(village, town, 'VERIFIED');
    const secretary = await enter('secretary');
    await openOther(secretary, made, '转镇联合社');
    await secretary.tick('reason', 'NO_BOARD');
    await expectStop(secretary, '转出');
    await secretary.press('转出');
    await expectStop(secretary, '已转镇联合社', '理事会开不成', '等答复');
    await secretary.context.close();

    const above = await enter('secretary', town);
    await above.press('村里转来的');
    await expectStop(above, '村里转来的', '理事会开不成');
    await above.context.close();
    expect(await stateOf(made)).toBe('ESCALATED');
  });

  it('referred to another office, whose answer is written down', async () => {
    const made = await caseAt(village, town, 'VERIFIED');
    const walker = await enter('secretary');
    await openOther(walker, made, '转别的部门');
    await walker.tick('office', 'HOUSING');
    await walker.press('转出');
    await expectStop(walker, '已转别的部门', '转住建部门', '记答复');
    await walker.press('记答复');
    await walker.tick('answer', 'HELPED');
    await walker.press('记下答复');
    await expectStop(walker, '已答复', '已经帮了');
    expect(await stateOf(made)).toBe('REFERRED');
    await walker.context.close();
  });

  it('revoked by the board, a part paid back, and the rest given up by the town', async () => {
    const made = await caseAt(village, town, 'PAID');
    const secretary = await enter('secretary');
    await openOther(secretary, made, '请理事表决撤销或变更');
    await secretary.tick('reason', 'FALSE_FACTS');
    await secretary.tick('hearing', 'HEARD');
    await expectStop(secretary, '听过申请人说明吗？');
    await secretary.press('请理事表决');
    await raiseHands(secretary, village, 'yes');
    await secretary.goto(`/s/cases/${made.number}`);
    await expectStop(secretary, '已撤销，追回中', '追回的钱', '追回救助款通知书');
    await secretary.context.close();

    const recovery = await house.get(RecoveriesQueries).ofSubject('case', made.caseId);
    const cashier = await enter('cashier');
    const payBack = async (yuan: string) => {
      await cashier.goto(`/s/recoveries/${recovery?.id ?? ''}`);
      await cashier.page.fill('[name=amountFen]', yuan);
      await cashier.photograph('photo', jpeg);
      await cashier.press('记还款');
    };
    await payBack('300');
    await expectStop(cashier, '还欠', '700.00 元');

    const above = await enter('secretary', town);
    await above.goto(`/s/town/recoveries/${recovery?.id ?? ''}`);
    await above.tick('reason', 'NO_MEANS');
    await expectStop(above, '还没追回', '700.00 元', '请理事表决核销');
    await above.press('请理事表决核销');
    await raiseHands(above, town, 'yes');
    await above.goto('/s');
    await expectStop(above, `核销 ${made.number}`, '等理事长或副理事长签公示');
    await above.context.close();

    await payBack('200');
    await expectStop(cashier, '已核销', '核销后收回', '200.00 元', '最多 500.00 元');
    expect(await stateOf(made)).toBe('WRITTEN_OFF');
    await cashier.context.close();
  });

  it('sent back by the bank, and paid once more', async () => {
    const made = await caseAt(village, town, 'PAID');
    const walker = await enter('cashier');
    await walker.goto(`/s/payments/${made.orderId}`);
    await unfold(walker, '银行把钱退回来了');
    const form = walker.page.locator('form', { hasText: '记银行退回' });
    await form.locator('[name=reason][value=WRONG_ACCOUNT]').check();
    await form
      .locator('[name=photo]')
      .setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: jpeg });
    await walker.press('记银行退回');
    expect(await stateOf(made)).toBe('APPROVED');
    await walker.goto(`/s/payments/${made.orderId}`);
    await expectStop(walker, '银行退回', '账号错误');
    await walker.photograph('photo', jpeg);
    await walker.press('记打款');
    await expectStop(walker, '已打款');
    expect(await stateOf(made)).toBe('PAID');
    await walker.context.close();
  });

  it('voted on by phone, which waits for the own word, and by a joint meeting', async () => {
    const made = await caseAt(village, town, 'VOTING');
    const walker = await enter('secretary');
    await walker.goto(`/s/rounds/${made.roundId}`);
    await unfold(walker, '记电话里说的票');
    const phone = walker.page.locator('form', { hasText: '记下电话里的票' });
    await phone.locator(`[name=callerId][value="${village.at.third.personId}"]`).check();
    await phone.locator('[name=said][value=yes]').check();
    await walker.press('记下电话里的票');
    await expectStop(walker, '待本人确认');
    await unfold(walker, '记一事一议');
    const meeting = walker.page.locator('form', { hasText: '记下一事一议' });
    for (const post of DIRECTORS)
      await meeting.locator(`[name="presentIds[]"][value="${village.at[post].personId}"]`).check();
    await meeting.locator('[name=outcome][value=approved]').check();
    await meeting.locator(`[name=meetingPresiderId][value="${village.at.chair.personId}"]`).check();
    await meeting
      .locator('[name=minutes]')
      .setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: jpeg });
    await walker.press('记下一事一议');
    await expectStop(walker, '通过', '打印会议记录');
    expect(await stateOf(made)).toBe('APPROVED');
    await walker.context.close();
  });
});
