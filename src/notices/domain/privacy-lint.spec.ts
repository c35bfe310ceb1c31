import { hitWords, lintNotice, lintText } from './privacy-lint.js';
import { draftContentOf } from './notice-content.js';
import type { GrantContent, NoticeContent } from './notice-content.js';
import { NOTICE_KINDS } from './notice-words.js';
import type { Kept, NoticeKind } from './notice-words.js';

const rules = {
  contactPhone: '0566-1234567',
  forbidden: ['张老三', '欧阳娜娜', '𬭎'],
  agreed: ['演示县柳编有限公司'],
};
const hitsIn = (text: string) =>
  lintText({ field: '依据', text }, rules).map(({ kind, from, to }) => [kind, text.slice(from, to)]);

it.each`
  text                                            | kind           | found                                     | because
  ${'身份证341702198503140010的村民'}             | ${'ID_NUMBER'} | ${'341702198503140010'}                   | ${'eighteen digits'}
  ${'身份证34170219850314007x的村民'}             | ${'ID_NUMBER'} | ${'34170219850314007x'}                   | ${'with an x at the end'}
  ${'身份证３４１７０２１９８５０３１４００１０'} | ${'ID_NUMBER'} | ${'３４１７０２１９８５０３１４００１０'} | ${'in full width'}
  ${'证号341702 1985 0314 0010。'}                | ${'ID_NUMBER'} | ${'341702 1985 0314 0010'}                | ${'with blanks between'}
  ${'电话13812345678'}                            | ${'PHONE'}     | ${'13812345678'}                          | ${'a mobile'}
  ${'电话138-1234-5678'}                          | ${'PHONE'}     | ${'138-1234-5678'}                        | ${'with hyphens'}
  ${'电话0566-7654321'}                           | ${'PHONE'}     | ${'0566-7654321'}                         | ${'another office than the public contact'}
  ${'电话7654321'}                                | ${'PHONE'}     | ${'7654321'}                              | ${'a local number'}
  ${'电话一三八一二三四五六七八'}                 | ${'PHONE'}     | ${'一三八一二三四五六七八'}               | ${'spelled out'}
  ${'卡号6217001234567890122'}                    | ${'CARD'}      | ${'6217001234567890122'}                  | ${'nineteen digits'}
  ${'账号1234567890123'}                          | ${'CARD'}      | ${'1234567890123'}                        | ${'thirteen are enough'}
  ${'邮箱 zhang@example.com'}                     | ${'EMAIL'}     | ${'zhang@example.com'}                    | ${'an address to write to'}
  ${'住3栋201室'}                                 | ${'ADDRESS'}   | ${'3栋'}                                  | ${'where somebody lives'}
  ${'因白血病住院'}                               | ${'DISEASE'}   | ${'白血病'}                               | ${'an illness by name'}
  ${'因胃 癌住院'}                                | ${'DISEASE'}   | ${'癌'}                                   | ${'by its ending, through a blank'}
  ${'因急性肾炎'}                                 | ${'DISEASE'}   | ${'肾炎'}                                 | ${'an inflammation'}
  ${'因唐氏综合征'}                               | ${'DISEASE'}   | ${'综合征'}                               | ${'a syndrome'}
  ${'向张老三先行给予'}                           | ${'FULL_NAME'} | ${'张老三'}                               | ${'the applicant'}
  ${'向张 老　三先行给予'}                        | ${'FULL_NAME'} | ${'张 老　三'}                            | ${'with blanks in the name'}
`('D4-29 $text: $because', ({ text, kind, found }: Record<'text' | 'kind' | 'found', string>) => {
  expect(hitsIn(text)).toContainEqual([kind, found]);
});

it.each([
  [
    '根据本社章程第十四条，经2026年3月5日理事会表决（理事5人，回避1人，应到4人，实到4人，同意4人）',
    'a basis',
  ],
  ['如有异议，请向监督办公室（电话0566-1234567）反映', 'the public contact'],
  ['如有异议，请致电（0566）1234567', 'the public contact, written otherwise'],
  ['人民币贰拾叁万壹仟肆佰捌拾元整（¥231,480.00）', 'an amount'],
  ['案号2026-0012，突发疾病，2026年3月6日已先行打款', 'a grant by number'],
  ['张*三，柳溪村三组，意外事故', 'a masked name'],
  ['重大疾病、因病致困', 'an illness without a name'],
])('lets %j pass: %s', (text) => {
  expect(hitsIn(text)).toEqual([]);
});

const content = {
  kind: 'GRANT_POST',
  number: '柳溪',
  title: ['公示'],
  basis: '根据章程',
  items: [
    {
      subject: '张*三',
      group: '三组',
      cause: '火灾',
      amountInWords: '',
      amount: '',
      paidOn: '',
      paidHow: '',
      remark: null,
    },
  ],
  objection: '请反映',
  issuer: '柳溪社',
} as unknown as GrantContent;

it('points at the field and the place, without repeating the text', () => {
  const [hit] = lintNotice({ ...content, objection: '请打13812345678' }, rules);
  expect(hit).toEqual({ kind: 'PHONE', field: '异议反映', from: 2, to: 13 });
  expect(hit && hitWords(hit)).toMatch(/^“异议反映”第 3 到 13 个字像电话号码/);
});

it('lets the office say where it is, and nobody else', () => {
  const address = { field: '异议反映', text: '镇政府2栋201室' };
  expect(lintText(address, rules)).toEqual([]);
  expect(lintText({ ...address, field: '依据' }, rules)).toMatchObject([
    { kind: 'ADDRESS' },
    { kind: 'ADDRESS' },
  ]);
});

const money = { amountInWords: '壹仟元整', amount: '1,000.00' };
const common = {
  title: ['柳溪村互助社', '关于救助的公示'],
  basis: '依据章程第十四条，现予公示：',
  objection: '如有异议，请向监督办公室（电话0566-1234567）反映。',
  issuer: '柳溪村互助社',
  numberPrefix: '柳溪',
  noticeDays: 7,
  noticeDayKind: 'natural',
  contactPhone: '0566-1234567',
} as const;
const mode = { publishMode: 'MASKED_NAME', caseNumber: '2026-0012' } as const;
const who = { person: '张*三', group: '柳溪村三组', cause: '突发疾病' };
const relief = {
  ...{ ...common, ...mode, ...who, minors: 1, fund: '安心纾困慈善基金', grant: money, cap: money },
  sum: [
    { label: '费用合计', amount: '12,345,678.90' },
    { label: '减：大病保险', amount: '109,600.00' },
  ],
  rate: '×60%',
};
const accounts = {
  ...{ ...common, span: '2026年第一季度', from: '2026年1月1日', until: '2026年3月31日', fund: null },
  ...{ opening: money, incomeTotal: money, spendingTotal: money, balance: money, unclaimed: money },
  income: [{ label: '捐款', count: '3笔', amount: '12,345,678.90' }],
  spending: [{ label: '救助：突发疾病', count: '1件', amount: '600.00' }],
  ...{ cases: 1, moved: '变更用途转入100.00元', replaces: '柳溪救公〔2026〕2号' },
  purses: [{ name: '救急难池 · 就学', opening: '0.00', closing: '12,345,678.90' }],
};
const KEPT: { readonly [K in NoticeKind]: Extract<Kept, { readonly kind: K }> } = {
  QUARTERLY_ACCOUNTS: { kind: 'QUARTERLY_ACCOUNTS', words: accounts },
  ANNUAL: {
    kind: 'ANNUAL',
    words: {
      ...accounts,
      work: [{ label: '受理急难救助申请', count: '3件' }],
      ratios: ['本年管理费用0.00元，本年总支出600.00元，占0%。'],
    },
  },
  CORRECTION: {
    kind: 'CORRECTION',
    words: {
      ...{ ...common, corrects: '柳溪救公〔2026〕2号' },
      changes: [
        { field: '救助对象·姓名', was: '张*三', now: '张*山' },
        { field: '救助对象·村组', was: '柳溪村三组', now: '柳溪村二组' },
      ],
    },
  },
  GRANT_POST: {
    kind: 'GRANT_POST',
    words: { ...common, ...mode, items: [{ ...who, ...money, paidOn: '2026年3月6日', paidHow: '已打款' }] },
  },
  RELIEF_PRE: {
    kind: 'RELIEF_PRE',
    words: { ...relief, advance: { ...money, paidOn: '2026年3月6日', hasRest: true } },
  },
  RELIEF_RESULT: {
    kind: 'RELIEF_RESULT',
    words: {
      ...{ ...relief, preNotice: '柳慈救公〔2026〕3号', decisionNumber: '柳慈决〔2026〕3号', paid: money },
      payments: [
        { amount: '300.00', paidOn: '2026年3月6日', to: 'HOSPITAL' },
        { amount: '700.00', paidOn: '2026年3月18日', to: 'FAMILY' },
      ],
    },
  },
  REJECTION: {
    kind: 'REJECTION',
    words: { ...common, caseNumber: '2026-0012', cause: '突发疾病', outcome: 'NOT_ENOUGH_YES' },
  },
  REVOCATION: {
    kind: 'REVOCATION',
    words: {
      ...{ ...common, ...mode, ...who, minors: 1, revokes: '柳溪救公〔2026〕3号' },
      ...{ reason: 'FALSE_FACTS', granted: money, demanded: money, kept: money },
    },
  },
  RESOLUTION: {
    kind: 'RESOLUTION',
    words: {
      ...{ ...common, decisionNumber: '柳溪决〔2026〕3号' },
      resolution: {
        about: 'WRITE_OFF',
        societyName: '石桥社',
        caseNumber: '2026-0012',
        recovered: money,
        writtenOff: money,
      },
    },
  },
  DONATION_LIST: {
    kind: 'DONATION_LIST',
    words: {
      ...{ ...common, from: '2026年1月1日', until: '2026年3月31日', total: money, goods: money },
      gifts: [
        { giver: '爱心人士', what: '捐款', day: '2026年1月1日', amount: '400.00' },
        { giver: '演示县柳编有限公司', what: '物资', day: '2026年3月31日', amount: '600.00' },
      ],
    },
  },
};
const hitsOf = (kept: Kept) => lintNotice(draftContentOf({ ...kept, version: 1 }), rules);

/** The same words with something planted in each text that is printed, one at a time: not in a code of a closed list. */
function planted(kept: Kept, plant: string): Kept[] {
  const texts: string[] = [];
  const codes = ['outcome', 'reason', 'about', 'to', 'noticeDayKind', 'publishMode', 'contactPhone'];
  const unprinted = 'publishMode' in kept.words ? [...codes, 'caseNumber'] : codes;
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string' && !unprinted.includes(path.split('.').at(-1) ?? '')) texts.push(path);
    if (value !== null && typeof value === 'object')
      for (const [name, each] of Object.entries(value)) walk(each, `${path}.${name}`);
  };
  walk(kept.words, '');
  return texts.map((path) => {
    const copy = structuredClone(kept) as { words: Record<string, unknown> };
    const names = path.split('.').slice(1);
    const last = names.pop() ?? '';
    const owner = names.reduce((at, name) => at[name] as Record<string, unknown>, copy.words);
    owner[last] = `${String(owner[last])}${plant}`;
    return copy as unknown as Kept;
  });
}

describe.each(NOTICE_KINDS)('%s', (kind) => {
  it('is clean as it is worded', () => {
    expect(hitsOf(KEPT[kind])).toEqual([]);
  });

  it.each([
    ['FULL_NAME', '张老三', 'the name of the applicant'],
    ['ID_NUMBER', '号341702198503140010', 'an identity number'],
    ['PHONE', '打13812345678', 'a mobile'],
    ['CARD', '卡6217001234567890122', 'a card'],
    ['DISEASE', '因白血病', 'an illness'],
  ])('D4-29 is refused with %s in any of its texts', (found, plant) => {
    const notices = planted(KEPT[kind], plant);
    expect(notices.length).toBeGreaterThan(6);
    for (const notice of notices) expect(hitsOf(notice).map((hit) => hit.kind)).toContain(found);
  });
});

it('takes no name in a refusal, not even behind a mask', () => {
  const { kind, words } = KEPT.REJECTION;
  expect(hitsOf({ kind, words: { ...words, cause: '张*三突发疾病' } })).toMatchObject([
    { kind: 'MASKED_NAME', field: '不予救助·事由' },
  ]);
});

it.each`
  groups                    | persons                   | found                         | because
  ${['柳溪村三组', '五组']} | ${['张*三', '张*三']}     | ${[]}                         | ${'the group says which is meant'}
  ${['柳溪村三组', '']}     | ${['张*三', '张*三']}     | ${['SAME_MASK']}              | ${'one of the two could be either'}
  ${['', '']}               | ${['张*三', '张*三']}     | ${['SAME_MASK', 'SAME_MASK']} | ${'nothing tells them apart'}
  ${['', '']}               | ${['张*三', '李*明']}     | ${[]}                         | ${'two masks'}
  ${['柳溪村三组', '三组']} | ${['张*三0012', '张*三']} | ${['DIGITS_IN_NAME']}         | ${'no digit may tell who it is'}
`(
  'tells two with the same mask apart by their groups: $persons in $groups, $because',
  ({ groups, persons, found }: Record<'groups' | 'persons' | 'found', string[]>) => {
    const { kind, words } = KEPT.GRANT_POST;
    const [item] = words.items;
    if (!item) throw new Error('The notice is about somebody');
    const items = persons.map((person, i) => ({ ...item, person, group: groups[i] ?? '' }));
    expect(hitsOf({ kind, words: { ...words, items } }).map((hit) => hit.kind)).toEqual(found);
  },
);

it('finds a name that nobody masked, whether it is on the list or not', () => {
  const [item] = content.items;
  const open: NoticeContent = { ...content, items: item ? [{ ...item, subject: '李四光' }] : [] };
  expect(lintNotice(open, { contactPhone: '', forbidden: [] })).toMatchObject([
    { kind: 'UNMASKED', from: 0, to: 3 },
  ]);
  expect(lintNotice(content, rules)).toEqual([]);
});

it.each(['案号2026-0012', '案号慈救2026-0003'])('lets a case stand there by its number: %s', (subject) => {
  const [item] = content.items;
  const byNumber: NoticeContent = { ...content, items: item ? [{ ...item, subject }] : [] };
  expect(lintNotice(byNumber, rules)).toEqual([]);
});

describe('a list of donors', () => {
  const { kind, words } = KEPT.DONATION_LIST;
  const [gift] = words.gifts;
  const found = (giver: string, agreed: readonly string[]): string[] => {
    if (!gift) throw new Error('The list has a gift');
    const notice = draftContentOf({ kind, words: { ...words, gifts: [{ ...gift, giver }] }, version: 1 });
    return lintNotice(notice, { ...rules, agreed }).map((hit) => hit.kind);
  };

  it.each`
    giver                  | agreed                   | kinds                        | because
    ${'爱心人士'}          | ${[]}                    | ${[]}                        | ${'nobody is named'}
    ${'顾大江'}            | ${['顾大江']}            | ${[]}                        | ${'he agreed'}
    ${'顾大江'}            | ${[]}                    | ${['UNAGREED']}              | ${'he did not, or not any more'}
    ${'顾大江'}            | ${['顾大']}              | ${['UNAGREED']}              | ${'another agreed'}
    ${'张老三'}            | ${[]}                    | ${['UNAGREED', 'FULL_NAME']} | ${'he said no'}
    ${'张老三'}            | ${['张老三']}            | ${[]}                        | ${'of two with one name one agreed'}
    ${'张老三饭店'}        | ${['张老三饭店']}        | ${[]}                        | ${'the firm agreed; it is called so'}
    ${'白血病关爱基金会'}  | ${['白血病关爱基金会']}  | ${[]}                        | ${'what a donor is called is no diagnosis'}
    ${'3号楼便利店'}       | ${['3号楼便利店']}       | ${[]}                        | ${'nor an address'}
    ${'顾大江13812345678'} | ${['顾大江13812345678']} | ${['PHONE']}                 | ${'his number was not asked for'}
  `('$giver with $agreed: $because', ({ giver, agreed, kinds }: Listed) => {
    expect(found(giver, agreed)).toEqual(kinds);
  });
  type Listed = { giver: string; agreed: string[]; kinds: string[] };

  it('points at the cell', () => {
    const [hit] = lintNotice(draftContentOf({ ...KEPT.DONATION_LIST, version: 1 }), { ...rules, agreed: [] });
    expect(hit).toEqual({ kind: 'UNAGREED', field: '捐赠第2笔·捐赠人', from: 0, to: 9 });
  });
});
