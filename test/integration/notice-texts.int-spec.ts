import { randomUUID } from 'node:crypto';
import { addDays, day, dayOf } from '../../src/kernel/day.js';
import { NoticePapers, NoticesQueries, NoticesService } from '../../src/notices/index.js';
import type { Notice, Worded } from '../../src/notices/index.js';
import { NoticeTextsReading } from '../../src/notices/texts/notice-texts.reading.js';
import { NoticeTextsService } from '../../src/notices/texts/notice-texts.service.js';
import type { TextTyped } from '../../src/notices/texts/notice-texts.service.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { givenFederation, ofFederation } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { WORDED, wordsOf } from '../support/notices.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { staysSound } from '../support/sound.js';
import { as, givenTown, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const COUNTY = '有异议的，公示期内可以匿名或者实名向【联系处】反映，电话【电话】。';
const TOWN = '对公示有异议，公示期内请到【联系处】（【地址】）或打电话【电话】反映，匿名也受理。';
const OWN = '公示期内有异议，请向【联系处】说，电话【电话】，不留姓名、匿名都行。';
const contact = { office: '柳溪镇民政办', phone: '0000-1234567', address: '柳溪镇政府一楼' };

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let federationId: string;
  let town: Village;
  let village: Village;
  /** Nothing stands above it: it says so itself. */
  let lone: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    federationId = await givenFederation(house);
    town = await givenTown(house, { parentId: federationId });
    village = await givenVillage(house, { parentId: town.societyId, heldFen: 0 });
    lone = await givenVillage(house, { heldFen: 0 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const today = () => dayOf(house.clock.now());
  const textsOf = (typed: Partial<TextTyped>): TextTyped => ({
    ...{ key: 'OBJECTION', text: OWN, validFrom: today() },
    ...typed,
  });
  const callers = {
    federation: () => ofFederation(federationId),
    town: () => as(town, 'chair'),
    village: () => as(village, 'chair'),
    lone: () => as(lone, 'chair'),
  };
  const set = (of: keyof typeof callers, typed: Partial<TextTyped> = {}) =>
    house.get(NoticeTextsService).setText(callers[of](), textsOf(typed));
  const draft = async (worded: Worded, societyId = village.societyId): Promise<Notice> => {
    const subjectId = randomUUID();
    const about = { societyId, subjectKind: 'accounts', subjectId, threadId: subjectId };
    const author = { accountId: null, personId: null };
    const { noticeId } = await house
      .get(Transactions)
      .run((tx) => house.get(NoticesService).draft(tx, { ...about, author, ...worded }));
    return house.get(NoticesQueries).notice(societyId, noticeId);
  };
  const grant = (): Worded => ({ kind: 'GRANT_POST', words: wordsOf({ contact }) });
  const htmlOf = async (worded: Worded = grant()): Promise<string> =>
    house.get(NoticePapers).draftHtml(await draft(worded), '公示期。');
  const said = (text: string): string =>
    text
      .replace('【联系处】', contact.office)
      .replace('【电话】', contact.phone)
      .replace('【地址】', contact.address);

  it('are the words of the house until somebody has others', async () => {
    const notice = await draft(grant());
    expect(notice.words.texts).toBeUndefined();
    expect(await htmlOf()).toContain(wordsOf().objection);
  });

  it('come from the society, else from its town union, else from its federation', async () => {
    await set('federation', { text: COUNTY });
    expect(await htmlOf()).toContain(said(COUNTY));
    await set('town', { text: TOWN });
    expect(await htmlOf()).toContain(said(TOWN));
    await set('lone', { text: OWN });
    const own = await draft(grant(), lone.societyId);
    expect(house.get(NoticePapers).draftHtml(own, '')).toContain(said(OWN));
    const other = await givenVillage(house, { parentId: town.societyId, heldFen: 0 });
    const next = await draft(grant(), other.societyId);
    expect(house.get(NoticePapers).draftHtml(next, '')).toContain(said(TOWN));
  });

  it('of a village are set by whoever stands above it, and not by itself', async () => {
    await expect(set('village')).rejects.toMatchObject({ kind: 'conflict', code: 'NOTICE_TEXT_SET_ABOVE' });
    const { versions } = await house.get(NoticeTextsReading).one(village.societyId, 'OBJECTION');
    expect(versions).toEqual([]);
  });

  it('taken back, leave the word to whoever stands above', async () => {
    await set('federation', { text: COUNTY });
    await set('town', { text: TOWN });
    await set('town', { text: null });
    expect(await htmlOf()).toContain(said(COUNTY));
    const other = await givenTown(house, { parentId: federationId });
    const never = textsOf({ text: null });
    await expect(house.get(NoticeTextsService).setText(as(other, 'chair'), never)).rejects.toMatchObject({
      code: 'NOTICE_TEXT_UNCHANGED',
    });
  });

  it('hold from their day on, and leave what was drafted before as it is', async () => {
    const before = await draft(grant());
    await set('town', { text: OWN, validFrom: addDays(today(), 3) });
    expect(await htmlOf()).not.toContain(said(OWN));
    house.clock.advance({ days: 3 });
    expect(await htmlOf()).toContain(said(OWN));
    const notice = await house.get(NoticesQueries).notice(village.societyId, before.id);
    expect(notice.words).toEqual(before.words);
  });

  it('stand on every kind where they have a place', async () => {
    await set('town', { key: 'NO_NAME', text: '本人要求不公开姓名，案卷由监事查看。' });
    await set('town', { key: 'REJECTION_NOTE', text: '结果已经书面告知申请人，不服可以申请复核。' });
    await set('town', { key: 'ACCOUNTS_NOTE', text: '账簿和凭证在【联系处】，任何人都可以查。' });
    await set('town', { key: 'CLOSING', text: '欢迎大家监督。' });
    const numberOnly = {
      kind: 'GRANT_POST',
      words: wordsOf({ contact, publishMode: 'NUMBER_ONLY' }),
    } as const;
    expect(await htmlOf(numberOnly)).toMatch(/本人要求不公开姓名[\s\S]*欢迎大家监督/);
    expect(await htmlOf(WORDED.REJECTION)).toMatch(/结果已经书面告知申请人[\s\S]*欢迎大家监督/);
    expect(await htmlOf(WORDED.QUARTERLY_ACCOUNTS)).toContain('账簿和凭证在柳溪镇民政办，任何人都可以查。');
    expect(await htmlOf(WORDED.DONATION_LIST)).toContain('欢迎大家监督。');
  });

  it('say how long in words of their own, with the days of the notice', async () => {
    await set('town', { key: 'PERIOD', text: '公示期从张贴次日算起，共【期限】，计划【起止】。' });
    const notice = await draft(grant());
    const period = await house.get(NoticesService).plannedPeriod(notice, today(), house.clock.now());
    expect(period).toMatch(/^公示期从张贴次日算起，共7日，计划\d+月\d+日至\d+月\d+日。$/);
  });

  it('of ten at once are ten versions, one after the other', async () => {
    await Promise.all(Array.from({ length: 10 }, () => set('lone')));
    const { versions } = await house.get(NoticeTextsReading).one(lone.societyId, 'OBJECTION');
    expect(versions.map(({ version }) => version)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it.each`
    typed                                       | code                       | because
    ${{ text: '有异议请匿名打【电话】。' }}     | ${'NOTICE_TEXT_REFUSED'}   | ${'whom to turn to is missing'}
    ${{ text: `${OWN}{{x}}` }}                  | ${'NOTICE_TEXT_REFUSED'}   | ${'a template'}
    ${{ key: 'CLOSING', text: '<script>' }}     | ${'NOTICE_TEXT_REFUSED'}   | ${'markup'}
    ${{ validFrom: day('2026-01-01') }}         | ${'NOTICE_TEXT_DAY_WRONG'} | ${'a day that is over'}
    ${{ validFrom: day('2099-01-01') }}         | ${'NOTICE_TEXT_DAY_WRONG'} | ${'a slip of the pen'}
    ${{ key: 'CLOSING', text: '感谢王小明。' }} | ${'NOTICE_TEXT_REFUSED'}   | ${'a name'}
  `('are refused, and nothing is kept: $because', async ({ typed, code }: Refused) => {
    await expect(set('lone', typed)).rejects.toMatchObject({ code });
    const texts = await house.get(NoticeTextsReading).all(lone.societyId);
    expect(texts.flatMap(({ versions }) => versions)).toEqual([]);
  });
  type Refused = { typed: Partial<TextTyped>; code: string };

  it('D4-35 are tried on paper first: what no font can print is refused, by its code point, and nothing is kept', async () => {
    const rename = (name: string) =>
      house
        .get(Transactions)
        .run((tx) => tx.change`UPDATE organisations SET name = ${name} WHERE id = ${lone.societyId}`);
    const { name } = await house.get(SocietiesQueries).society(lone.societyId);
    await rename('柳溪村\u{E123}互助社');
    const missing = { code: 'GLYPH_MISSING', details: { codePoint: 'U+E123' } };
    await expect(set('lone')).rejects.toMatchObject(missing);
    const texts = await house.get(NoticeTextsReading).all(lone.societyId);
    expect(texts.flatMap(({ versions }) => versions)).toEqual([]);
    await rename(name);
    await set('lone');
  });

  it('are records: the database changes none', async () => {
    await set('lone');
    await expect(house.dataSource.query(`UPDATE notice_texts SET wording = '别的。'`)).rejects.toThrow();
    await expect(house.dataSource.query('DELETE FROM notice_texts')).rejects.toThrow();
  });

  it('tell whose they are, and what would hold without them', async () => {
    await set('federation', { text: COUNTY });
    const above = await house.get(NoticeTextsReading).one(town.societyId, 'OBJECTION');
    await set('town', { text: OWN });
    const text = await house.get(NoticeTextsReading).one(town.societyId, 'OBJECTION');
    expect(text).toMatchObject({ text: OWN, isOwn: true, fromAbove: COUNTY });
    expect(above).toMatchObject({
      text: COUNTY,
      isOwn: false,
      setBy: expect.stringMatching(/总会$/) as string,
    });
  });

  it('are read on a draft that nobody takes for a notice, the same bytes each time', async () => {
    await set('town', { text: OWN });
    const notice = await draft(grant());
    const period = '公示期：张贴次日起7日（计划3月3日至3月9日）。';
    const pdf = await house.get(NoticePapers).draftPdf(notice, period);
    expect((await house.get(NoticePapers).draftPdf(notice, period)).equals(pdf)).toBe(true);
    if (!canReadPapers) return;
    const words = wordsOfPaper(pdf);
    expect(words).toContain('样稿·未签发');
    expect(words).toContain(said(OWN));
    expect(words).not.toMatch(/校验码|查验网址|内容哈希/);
  });
});
