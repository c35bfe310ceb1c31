import fc from 'fast-check';
import type { HitKind } from '../../src/notices/domain/privacy-lint.js';
import { ILLNESSES } from './illnesses.js';

/** A text that must not hang on a wall: the words before it, what gives somebody away, the words behind it. */
export type Leak = { readonly before: string; readonly secret: string; readonly after: string };

/** What is made in one class; the lint may call it by each of these names. */
export type LeakClass = {
  readonly name: string;
  readonly kinds: readonly HitKind[];
  readonly leaks: readonly Leak[];
  /** An office says where it is: in that one field a house number is right. */
  readonly isRightInObjection?: boolean;
};

/** The same leaks in each run: what fails today fails tomorrow. */
const SEED = 20_260_309;
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { seed: SEED, numRuns: count });

const digits = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(''));

const two = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((number) => String(number).padStart(2, '0'));

const mobile = fc
  .tuple(fc.constantFrom('13', '14', '15', '16', '17', '18', '19'), digits(9))
  .map(([a, b]) => a + b);
const landline = fc
  .tuple(fc.constantFrom('010', '021', '0543', '0566', '0991'), fc.constantFrom('2', '5', '8'), digits(6))
  .map(([area, first, rest]) => [area, first + rest] as const);
const born = fc
  .tuple(fc.integer({ min: 1930, max: 2020 }), two(1, 12), two(1, 28))
  .map((each) => each.join(''));
const id18 = fc
  .tuple(digits(5), born, digits(3), fc.constantFrom(...Array.from('0123456789Xx')))
  .map(([a, b, c, d]) => `3${a}${b}${c}${d}`);
const id15 = fc.tuple(digits(5), born, digits(3)).map(([a, b, c]) => `3${a}${b.slice(2)}${c}`);
const card = fc
  .tuple(fc.constantFrom('62', '43', '60', '35'), fc.integer({ min: 11, max: 17 }))
  .chain(([head, length]) => digits(length).map((rest) => head + rest));

/** Ways to write a number that a person reads as before, and a search for it no longer finds. */
const wide = (text: string): string =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const parted = (text: string, joint: string, ...lengths: readonly number[]): string => {
  const parts: string[] = [];
  let at = 0;
  for (const length of lengths) {
    parts.push(text.slice(at, at + length));
    at += length;
  }
  return [...parts, text.slice(at)].filter((part) => part !== '').join(joint);
};
const spelt =
  (figures: string) =>
  (text: string): string =>
    text.replace(/\d/g, (digit) => Array.from(figures)[Number(digit)] ?? '');
const CHINESE = spelt('〇一二三四五六七八九');
const BY_RADIO = spelt('洞幺两三四五六拐八九');
const FORMAL = spelt('零壹贰叁肆伍陆柒捌玖');
const ARABIC = spelt('٠١٢٣٤٥٦٧٨٩');
const CIRCLED = spelt('⓪①②③④⑤⑥⑦⑧⑨');
const hidden = (text: string): string => Array.from(text).join('\u200b');
const everyOther = (text: string): string =>
  Array.from(text, (char, i) => (i % 2 === 0 ? char : CHINESE(char))).join('');
/** The middle under stars, as forms print it: who knows the person knows the rest. */
const starred = (text: string): string => `${text.slice(0, 3)}****${text.slice(-4)}`;

type Way = (text: string) => string;
const ID_WAYS: readonly Way[] = [
  (text) => text,
  wide,
  (text) => parted(text, ' ', 6, 4, 4),
  (text) => parted(text, '-', 6, 8),
  (text) => parted(text, '.', 6, 8),
  (text) => parted(text, '，', 6, 8),
  (text) => parted(text, '\u3000', 3, 3, 4, 4),
  hidden,
  ARABIC,
  starred,
];
const MOBILE_WAYS: readonly Way[] = [
  (text) => text,
  wide,
  (text) => parted(text, ' ', 3, 4),
  (text) => parted(text, '-', 3, 4),
  (text) => parted(text, '.', 3, 4),
  (text) => parted(text, '/', 3, 4),
  (text) => parted(text, '－', 3, 4),
  (text) => parted(text, '_', 3, 4),
  (text) => `+86${text}`.slice(1),
  (text) => `0086-${text}`,
  CHINESE,
  BY_RADIO,
  FORMAL,
  CIRCLED,
  (text) => parted(CHINESE(text), '-', 3, 4),
  (text) => parted(text, '、', 3, 4),
  (text) => parted(text, '，', 3, 4),
  (text) => parted(text, ', ', 3, 4),
  (text) => parted(CHINESE(text), '、', 3, 4),
  (text) => parted(FORMAL(text), '，', 3, 4),
  (text) => parted(text, '；', 7),
  everyOther,
  hidden,
  starred,
];
const CARD_WAYS: readonly Way[] = [
  (text) => text,
  wide,
  (text) => parted(text, ' ', 4, 4, 4, 4),
  (text) => parted(text, '-', 4, 4, 4, 4),
  (text) => parted(text, '.', 4, 4, 4, 4),
  (text) => parted(text, '、', 4, 4, 4, 4),
  CHINESE,
  hidden,
  starred,
];

const LINE_WAYS: readonly ((area: string, number: string) => string)[] = [
  (area, number) => `${area}-${number}`,
  (area, number) => `${area}${number}`,
  (area, number) => `(${area})${number}`,
  (area, number) => `（${area}）${number}`,
  (area, number) => `${area}—${number}`,
  (area, number) => `${area} ${number}`,
  (area, number) => `${area}.${number}`,
  (area, number) => `${area}-${number.slice(0, 3)}-${number.slice(3)}`,
  (_area, number) => number,
  (_area, number) => `${number.slice(0, 3)}-${number.slice(3)}`,
  (area, number) => wide(`${area}-${number}`),
];

const inTurn = <T, W>(
  made: readonly T[],
  ways: readonly W[],
  written: (one: T, way: W) => string,
): string[] =>
  made.flatMap((one, i) => {
    const way = ways[i % ways.length];
    return way === undefined ? [] : [written(one, way)];
  });

/** The secrets of one class among ordinary words, which take turns. */
function among(
  secrets: readonly string[],
  around: readonly (readonly [before: string, after: string])[],
): Leak[] {
  return secrets.map((secret, i) => {
    const [before, after] = around[i % around.length] ?? ['', ''];
    return { before, secret, after };
  });
}

const NUMBERED = [
  ['号码是', '的村民'],
  ['经核对（', '）属实'],
  ['', ''],
  ['联系：', '。'],
  ['本人', '，特此说明'],
] as const;

/** Names of the case as the lint is given them, written as somebody would who wants them read. */
export const NAMES = ['张老三', '欧阳娜娜', '阿卜杜拉·买买提', '牛𬭎䶮', '南宫小童', '甄安'] as const;
const NAME_WAYS: readonly Way[] = [
  (text) => text,
  (text) => Array.from(text).join(' '),
  (text) => Array.from(text).join('\u3000'),
  (text) => Array.from(text).join('-'),
  (text) => Array.from(text).join('.'),
  (text) => text.replace('·', '•'),
  (text) => text.replace('·', ''),
  hidden,
];

const PLACES = ['幸福路', '团结街', '柳溪村', '和平巷', '建设大道', '三组', '花园小区', '朝阳里'];
const HOUSES = [
  ...[
    '12号',
    '3栋201室',
    '5幢',
    '2单元',
    '7号楼',
    '十二号',
    '三栋二单元',
    '8号院',
    '门牌15',
    '6号楼3单元402室',
  ],
  ...['１８号', '12-3号', '三十六号院', '4排5号', '21弄6号', '9号3楼'],
];
const SCHOOLS = [
  ...[
    '柳溪中心小学',
    '云溪县第二中学',
    '县一中',
    '阳光幼儿园',
    '演示市职业技术学校',
    '春晖特殊教育学校',
    '云溪师范大学',
  ],
  ...[
    '演示卫生职业学院',
    '三年级',
    '高三（2）班',
    '初二3班',
    '六年级一班',
    '县职高',
    '镇初中',
    '市实验高中',
    '学前班',
    '县二中',
  ],
];
const MAILS = [
  'zhang.san@example.com',
  'ZHANG_3@example.cn',
  'zhang-san＠example.org',
  'z3 @ example.com',
  '10001@qq.example',
];
const ACCOUNTS = [
  ...[
    '微信号zhang_san88',
    '微信：wxid-a8b9c7',
    '加微信zs1980',
    'QQ123456',
    'QQ号：10001',
    'vx：laosan66',
    '抖音号lao3san',
  ],
  ...[
    'ＷＸ：ａｂｃ１２３',
    '微信 zhang 3 san',
    '支付宝账号zs@example',
    '快手id：laosan',
    'wechat: zhang33',
    'wxid_k2k3k4k5',
  ],
];
const TAILS = ['尾号1234', '尾号为５６７８', '尾数9012', '末四位3456', '后四位7788'];

const pairs = (firsts: readonly string[], seconds: readonly string[]): string[] =>
  firsts.flatMap((first) => seconds.map((second) => first + second));

export const LEAK_CLASSES: readonly LeakClass[] = [
  {
    ...{ name: 'an identity number of 18', kinds: ['ID_NUMBER', 'CARD', 'PHONE'] },
    leaks: among(
      inTurn(sample(id18, 45), ID_WAYS, (text, way) => way(text)),
      NUMBERED,
    ),
  },
  {
    ...{ name: 'an identity number of 15', kinds: ['ID_NUMBER', 'CARD', 'PHONE'] },
    leaks: among(
      inTurn(sample(id15, 27), ID_WAYS, (text, way) => way(text)),
      NUMBERED,
    ),
  },
  {
    ...{ name: 'a mobile', kinds: ['PHONE', 'CARD', 'ID_NUMBER'] },
    leaks: among(
      inTurn(sample(mobile, 120), MOBILE_WAYS, (text, way) => way(text)),
      NUMBERED,
    ),
  },
  {
    ...{ name: 'a telephone at home', kinds: ['PHONE', 'CARD'] },
    leaks: among(
      inTurn(sample(landline, 44), LINE_WAYS, ([area, number], way) => way(area, number)),
      NUMBERED,
    ),
  },
  {
    ...{ name: 'a card or an account', kinds: ['CARD', 'ID_NUMBER', 'PHONE'] },
    leaks: among([...inTurn(sample(card, 48), CARD_WAYS, (text, way) => way(text)), ...TAILS], NUMBERED),
  },
  {
    ...{ name: 'an illness or its treatment', kinds: ['DISEASE'] },
    leaks: among(ILLNESSES, [
      ['因', '住院'],
      ['申请人患', '，花费较大'],
      ['', ''],
      ['经查（', '）属实'],
    ]),
  },
  {
    ...{ name: 'where somebody lives', kinds: ['ADDRESS'], isRightInObjection: true },
    leaks: among(pairs(PLACES, HOUSES), [
      ['家住', '的村民'],
      ['', ''],
      ['现住', '，租房'],
    ]),
  },
  {
    ...{ name: 'where a child goes to school', kinds: ['SCHOOL'] },
    leaks: among(SCHOOLS, [
      ['孩子在', '读书'],
      ['', ''],
      ['就读于', '，'],
    ]),
  },
  {
    ...{ name: 'a full name of the case', kinds: ['FULL_NAME'] },
    leaks: among(
      NAMES.flatMap((name) => NAME_WAYS.map((way) => way(name))),
      [
        ['村民', '家中'],
        ['', ''],
        ['对', '等人'],
      ],
    ),
  },
  {
    ...{ name: 'an address to write to', kinds: ['EMAIL', 'ACCOUNT', 'PHONE'] },
    leaks: among([...MAILS, ...ACCOUNTS], NUMBERED),
  },
];
