import { foldedOf } from './folded-text.js';
import { numbersIn } from './number-shapes.js';

const kindsIn = (text: string, contact = '0566-1234567'): string[] => [
  ...new Set(numbersIn(foldedOf(text), contact).map(({ kind }) => kind)),
];

it.each`
  text                                      | kinds            | because
  ${'138.1234.5678'}                        | ${['PHONE']}     | ${'points between'}
  ${'一三八-一二三四-五六七八'}             | ${['PHONE']}     | ${'spelt, with hyphens'}
  ${'幺三八洞洞一二三四五六'}               | ${['PHONE']}     | ${'as by radio'}
  ${'1三8一2三4五6七8'}                     | ${['PHONE']}     | ${'every other one spelt'}
  ${'138****5678'}                          | ${['PHONE']}     | ${'the middle hidden'}
  ${'341702********0010'}                   | ${['ID_NUMBER']} | ${'as long as an identity number'}
  ${'6217********12345'}                    | ${['CARD']}      | ${'as long as a card'}
  ${'尾号1234'}                             | ${['CARD']}      | ${'the tail of a card'}
  ${'后四位五六七八'}                       | ${['CARD']}      | ${'the tail of a card, spelt'}
  ${'765-4321'}                             | ${['PHONE']}     | ${'a local number'}
  ${'138、1234、5678'}                      | ${['PHONE']}     | ${'a list of its parts'}
  ${'138，1234，5678'}                      | ${['PHONE']}     | ${'with commas'}
  ${'138。1234；5678'}                      | ${['PHONE']}     | ${'with stops'}
  ${'138、1234-5678'}                       | ${['PHONE']}     | ${'a comma and a hyphen'}
  ${'一三八、一二三四、五六七八'}           | ${['PHONE']}     | ${'spelt, in a list'}
  ${'幺三八，一二三四，5678'}               | ${['PHONE']}     | ${'half spelt, in a list'}
  ${'1、3、8、1、2、3、4、5、6、7、8'}      | ${['PHONE']}     | ${'figure by figure'}
  ${'13、81、23、45、67、8'}                | ${['PHONE']}     | ${'in twos'}
  ${'共3户，138、1234、5678，2026年'}       | ${['PHONE']}     | ${'among other figures'}
  ${'138、1234、5678元'}                    | ${['PHONE']}     | ${'as if it were money'}
  ${'0543、7654321'}                        | ${['PHONE']}     | ${'a telephone at home'}
  ${'341702、1980、0305、0010'}             | ${['ID_NUMBER']} | ${'an identity number in three'}
  ${'6217、0012、3456、7890、123'}          | ${['CARD']}      | ${'a card in fours'}
  ${'15、16、17、18、19、20组'}             | ${[]}            | ${'groups of the village'}
  ${'1500、2000、300元'}                    | ${[]}            | ${'amounts'}
  ${'13,812,345,678元'}                     | ${[]}            | ${'thousands'}
  ${'2023、2024、2025、2026年'}             | ${[]}            | ${'years'}
  ${'案号2026-0012、0013、0014、0015'}      | ${[]}            | ${'cases'}
  ${'0566-1234567、2026年3月'}              | ${[]}            | ${'the public contact, and a year'}
  ${'一、二、三、四、五、六、七、八、九组'} | ${[]}            | ${'groups, spelt'}
  ${'9:00、13:30、14:00'}                   | ${[]}            | ${'hours'}
  ${'500-1000元'}                           | ${[]}            | ${'from one amount to another'}
  ${'12,345,678.90'}                        | ${[]}            | ${'an amount'}
  ${'2026/03/06'}                           | ${[]}            | ${'a day'}
  ${'二〇二六年三月五日'}                   | ${[]}            | ${'a day, spelt'}
  ${'壹佰贰拾叁万零肆佰伍拾陆元'}           | ${[]}            | ${'an amount in words'}
  ${'第一百二十八条'}                       | ${[]}            | ${'an article'}
`('$text gives $kinds: $because', ({ text, kinds }: { text: string; kinds: string[] }) => {
  expect(kindsIn(text)).toEqual(kinds);
});

it.each([
  ['0566-1234567转801', '请致电0566-1234567转801', 'an extension'],
  ['0566-1234567、0566-7654321', '电话0566-7654321', 'the second of two'],
  ['400-123-4567', '热线4001234567', 'written without a break'],
])('knows the public contact %s again in %j: %s', (contact, text) => {
  expect(kindsIn(text, contact)).toEqual([]);
  expect(kindsIn(text, '')).toEqual(['PHONE']);
});
