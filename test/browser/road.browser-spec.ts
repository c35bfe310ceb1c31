import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { CasesQueries } from '../../src/cases/index.js';
import { Timers } from '../../src/house/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { cardNumber, givenVillage, idNumber, personIn, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';
import { describeInBrowser, launch } from './support/browser.js';
import { Walker } from './support/road.js';
import type { Gait } from './support/road.js';

const CONSENTS = ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'];
const VOTERS = ['chair', 'deputy', 'third', 'fourth'] as const satisfies readonly Post[];
const NUMBER = '2026-0001';

/** Every page from 登记急难 to 已办结, as each officer sees it, on a server that listens. */
describeInBrowser('the road of an emergency', () => {
  let browser: Browser;
  let house: House;
  let base: string;
  let jpeg: Buffer;

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite);
    await house.app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(house.app.getHttpServer().address() as AddressInfo).port}`;
    [browser, jpeg] = await Promise.all([launch(), photo()]);
  });
  staysSound(() => house);
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  const gaits: readonly (Gait & { readonly name: string })[] = [
    { name: 'on a phone without scripts', width: 360, height: 740, script: false },
    { name: 'at a desk with scripts', width: 1366, height: 900, script: true },
  ];

  it.each(gaits)(
    'is walked $name, and no double tap or way back acts twice',
    async (gait) => {
      const village = await givenVillage(house);
      await personIn(house, village.societyId, { name: '李建明', idNumber: idNumber() });
      const walker = await Walker.enter(browser, base, gait);
      const walk = { village, walker, gait };

      await fillIn(walk);
      await registerOnce(walk);
      await vote(walk);
      await pay(walk);
      await signNotice(walk);
      await printAndPost(walk);
      await lookFromOutside(walk);
      await close(walk);
      await walker.context.close();
    },
    300_000,
  );

  type Walk = { readonly village: Village; readonly walker: Walker; readonly gait: Gait };

  const expectStop = async (
    walker: Walker,
    ...stop: [words: string[], never?: string[], status?: number]
  ) => {
    const [words, never = [], status = 200] = stop;
    expect(await walker.faults({ words, never, status })).toEqual([]);
  };
  const casesOf = async ({ societyId }: Village) =>
    (await house.get(CasesQueries).page(societyId, { limit: 50 })).cases.length;
  /** With scripts the second tap is not even sent; without, the server does it once. */
  const expectSentOnce = ({ walker, gait }: Walk, path: RegExp) => {
    if (gait.script) expect(walker.sent.filter((sent) => path.test(sent))).toHaveLength(1);
  };

  /** 登记急难 1/2, first with an amount that nobody can read. */
  async function fillIn({ village, walker, gait }: Walk): Promise<void> {
    const { page } = walker;
    await walker.signIn(village.at.secretary.login);
    await expectStop(walker, ['＋ 登记急难', '现在没有要办的事。', '池里还有 30,000.00 元']);
    await walker.press('＋ 登记急难');
    await expectStop(walker, ['谁遇到了困难？', '突发疾病', '本社单笔最多 3,000 元；池里还有 30,000.00 元']);

    await page.locator('[name=who]').pressSequentially('ljm');
    if (gait.script) await page.getByRole('button', { name: '李建明 三组' }).click();
    const who = await page.inputValue('[name=who]');
    await walker.tick('cause', 'ILLNESS');
    await page.fill('[name=amountFen]', '1千');
    await page.fill('[name=story]', '夜里发病');
    await walker.press('下一步：拍照');
    await expectStop(walker, ['还有 1 处没填好', '请填写申请金额，如 1000'], [], 422);
    expect(await page.title()).toMatch(/^错误：/);
    const typed = ['who', 'amountFen', 'story'].map((name) => page.inputValue(`[name=${name}]`));
    expect(await Promise.all(typed)).toEqual([who, '1千', '夜里发病']);
    expect(await page.isChecked('[name=cause][value=ILLNESS]')).toBe(true);

    if (gait.script) await page.click('[data-value="1000"]');
    else await page.fill('[name=amountFen]', '１０００');
    await walker.press('下一步：拍照');
    expect(walker.path).toMatch(/^\/s\/cases\/drafts\/[\da-f-]{36}$/);
  }

  /** 2/2 and 核对一下; then the one act, pressed twice, and the way back. */
  async function registerOnce(walk: Walk): Promise<void> {
    const { village, walker } = walk;
    const { page } = walker;
    await expectStop(walker, ['李建明（三组）', '材料可以后补', '还没去看']);
    await walker.photograph('idCard', jpeg);
    await walker.photograph('consent', jpeg);
    for (const consent of CONSENTS) await walker.tick('consents[]', consent);
    await walker.tick('pledged', 'yes');
    await walker.tick('method', 'CARD');
    const card = cardNumber();
    await page.fill('[name=cardNumber]', card);
    await page.fill('[name=bankName]', '农村信用社');
    await walker.tick('visitors[]', village.at.fourth.personId);
    await page.fill('[name=otherVisitor]', '沈里');
    await walker.press('核对一下');
    await expectStop(
      walker,
      ['核对一下', '李建明（三组）', '1,000.00 元', '夜里发病', `尾号 ${card.slice(-4)}`, '未发现'],
      [card],
    );

    const check = walker.path;
    await walker.pressTwice('登记急难', new RegExp(`/s/cases/${NUMBER}/rounds/new$`));
    expectSentOnce(walk, /^\/s\/cases$/);
    await expectStop(walker, ['请大家表决', '李*明', '理事 5 人，回避后应到 5 人'], ['李建明']);
    const sent = walker.sent.length;
    await page.goBack();
    expect([walker.path, walker.sent.length]).toEqual([check, sent]);
    expect(await page.getByRole('button', { name: '登记急难', exact: true }).count()).toBe(0);
    expect(await casesOf(village)).toBe(1);
  }

  async function vote(walk: Walk): Promise<void> {
    const { village, walker } = walk;
    const { page } = walker;
    await walker.goto(`/s/cases/${NUMBER}`);
    await expectStop(
      walker,
      ['已核实', '下一步', '时间线', '李*明', '突发疾病'],
      [village.at.fifth.personId],
    );
    await walker.press('请大家表决');
    const stands = `${village.at.fifth.personId}:CREDITOR`;
    await page.locator(`select:has(option[value="${stands}"])`).selectOption(stands);
    await walker.pressTwice('请大家表决', /\/s\/rounds\/[\da-f-]{36}$/);
    expectSentOnce(walk, /\/rounds$/);
    await expectStop(walker, ['表决中', '谁能投', '回避', '记举手表决', '应到4人']);

    for (const post of VOTERS) await walker.tick(`hand-${village.at[post].personId}`, 'yes');
    await walker.tick('presiderId', village.at.chair.personId);
    await page.fill('[name=place]', '村委会');
    await walker.photograph('sheet', jpeg);
    await walker.press('记下举手结果');
    await expectStop(walker, ['通过', '打印会议记录', '看签字的照片'], ['记举手表决']);
    await walker.press('返回');
    await expectStop(walker, ['已通过，待打款', '等出纳打款', '应到 4，到 4（4同意 0反对 0弃权）']);
    await walker.signOut();
  }

  async function pay(walk: Walk): Promise<void> {
    const { village, walker } = walk;
    await walker.signIn(village.at.cashier.login);
    await expectStop(walker, ['今天要办 1 件', '还剩 24 小时 没打款'], ['＋ 登记急难', '夜里发病']);
    house.clock.advance({ hours: 5 });
    await walker.press('记打款');
    await expectStop(walker, ['人民币壹仟元整', '农村信用社 尾号', '转账凭证照片']);
    const order = walker.path;
    await walker.page.fill('[name=bankReference]', 'R-1');
    await walker.photograph('photo', jpeg);
    await walker.pressTwice('记打款', new RegExp(`/s/cases/${NUMBER}$`));
    expectSentOnce(walk, /\/transfer$/);
    await expectStop(walker, ['已打款', '用 5 小时'], ['夜里发病']);

    const sent = walker.sent.length;
    await walker.page.goBack();
    expect([walker.path, walker.sent.length]).toEqual([order, sent]);
    await expectStop(walker, ['打款记录', '凭证 记-'], ['转账凭证照片']);
    const fund = await house.get(LedgerQueries).fund(village.societyId);
    expect([fund.balanceFen, fund.reservedFen]).toEqual([2_900_000, 0]);
    await walker.signOut();
  }

  async function signNotice({ village, walker }: Walk): Promise<void> {
    await walker.signIn(village.at.chair.login);
    await expectStop(walker, ['签公示']);
    await walker.press('签公示');
    await expectStop(walker, ['李*明', '壹仟元整', '签发以后文号、内容和哈希都不能再改'], ['李建明']);
    await walker.page.fill('[name=plannedPostingOn]', dayOf(house.clock.now()));
    await walker.press('签发公示');
    await expectStop(walker, ['柳溪', '1号'], ['签发以后文号', '李建明']);
    await walker.signOut();
  }

  async function printAndPost({ village, walker }: Walk): Promise<void> {
    const { page } = walker;
    await walker.signIn(village.at.secretary.login);
    await expectStop(walker, ['打印公示单']);
    await walker.press('打印公示单');
    await expectStop(walker, ['李*明'], ['李建明']);
    await walker.press('打印公示单');
    await expectStop(walker, ['用 A4 纸打印', '下载 PDF'], ['李建明']);
    const href = await page.getByRole('link', { name: '下载 PDF' }).getAttribute('href');
    const pdf = await page.request.get(href ?? '');
    expect([pdf.status(), (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    await walker.press('张贴好了，记张贴');
    await expectStop(walker, ['贴在哪里？', '拍张照证明已张贴']);
    await walker.photograph('photo', jpeg);
    await walker.press('记张贴');
    await expectStop(walker, ['公示中'], ['李建明']);
    await walker.signOut();
  }

  /** A stranger who has only the address of the board. */
  async function lookFromOutside({ village, gait }: Walk): Promise<void> {
    const stranger = await Walker.enter(browser, base, gait);
    await stranger.goto(`/b/${village.boardCode}`);
    const secret = ['李建明', '夜里发病', village.at.secretary.name];
    await expectStop(stranger, ['正在公示', '李*明', '1,000', '有异议', '0000-1234567'], secret);
    const notice = stranger.page.locator('a[href^="/n/"]').first();
    const number = await notice.innerText();
    await stranger.press(number);
    await expectStop(
      stranger,
      ['✔ 这张公示是真的', number, '公示中', '李*明', '壹仟元整', '张贴照片'],
      secret,
    );
    const code = stranger.path.split('/').at(-1) ?? '';
    await stranger.goto('/verify');
    await stranger.page.fill('[name=number]', number);
    await stranger.page.fill('[name=code]', code);
    await stranger.press('查验');
    await expectStop(stranger, ['✔ 这张公示是真的'], secret);
    await stranger.context.close();
  }

  /** After the period of the notice; then the last papers. */
  async function close({ village, walker }: Walk): Promise<void> {
    house.clock.advance({ days: 8 });
    await house.get(Timers).runDue();
    await walker.signIn(village.at.secretary.login);
    await expectStop(walker, ['补材料', '缺：事由证明材料、收款回执']);
    await walker.press('补材料');
    await expectStop(walker, ['收款回执', '事由证明材料'], ['李建明']);
    await walker.photograph('causeProof', jpeg);
    await walker.photograph('receipt', jpeg);
    await walker.press('补材料');
    await expectStop(walker, ['已办结', '公示期满', '凭证']);
    expect(walker.path).toBe(`/s/cases/${NUMBER}`);
    await walker.press('全部案件');
    await expectStop(walker, [NUMBER, '已办结']);
    await walker.signOut();
  }
});
