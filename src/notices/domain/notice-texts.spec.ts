import { filled, resolved, TEXT_KEYS, textOf, TEXTS } from './notice-texts.js';
import type { SetText, TextKey } from './notice-texts.js';
import { MOST_CHARACTERS, textFault } from './text-rules.js';

const set = (key: TextKey, text: string | null, floor: number): SetText => ({ key, text, floor });

it.each`
  latestFirst                                                                        | says      | floor        | because
  ${[]}                                                                              | ${''}     | ${undefined} | ${'nobody has set anything: the words of the house'}
  ${[set('CLOSING', '社。', 0)]}                                                     | ${'社。'} | ${0}         | ${'the society has words of its own'}
  ${[set('CLOSING', '县。', 2), set('CLOSING', '镇。', 1)]}                          | ${'镇。'} | ${1}         | ${'the town is nearer than the county, whoever spoke last'}
  ${[set('CLOSING', '新。', 1), set('CLOSING', '旧。', 1)]}                          | ${'新。'} | ${1}         | ${'of one house the latest holds'}
  ${[set('CLOSING', null, 0), set('CLOSING', '社。', 0)]}                            | ${''}     | ${undefined} | ${'it was taken back, and nobody above says anything'}
  ${[set('CLOSING', null, 0), set('CLOSING', '社。', 0), set('CLOSING', '县。', 2)]} | ${'县。'} | ${2}         | ${'it was taken back: the county holds again'}
  ${[set('CLOSING', null, 1), set('CLOSING', '镇。', 1), set('CLOSING', '县。', 2)]} | ${'县。'} | ${2}         | ${'the town took its own back'}
`('says $says: $because', ({ latestFirst, says, floor }: Case) => {
  const { own, floors } = resolved(latestFirst);
  expect(textOf('CLOSING', own)).toBe(says);
  expect(floors.get('CLOSING')).toBe(floor);
});
type Case = { latestFirst: SetText[]; says: string; floor: number | undefined };

it('keeps the keys apart', () => {
  const { own } = resolved([set('CLOSING', '一。', 0), set('NO_NAME', '二。', 1)]);
  expect(own).toEqual({ CLOSING: '一。', NO_NAME: '二。' });
});

it('fills what is open once, and reads nothing that was filled in', () => {
  expect(filled('向【联系处】反映【电话】【门牌】', { 联系处: '【电话】$&', 电话: '0000-1' })).toBe(
    '向【电话】$&反映0000-1【门牌】',
  );
});

it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'knows no slot and no text %s',
  (name) => {
    expect(filled(`【${name}】`, {})).toBe(`【${name}】`);
    expect(textOf(name as TextKey, undefined as never) as unknown).toBeUndefined();
  },
);

it.each(TEXT_KEYS.filter((key) => TEXTS[key].usual !== ''))('may say %s in the words of the house', (key) => {
  expect(textFault(key, TEXTS[key].usual)).toBeNull();
});

const GOOD = '对公示有异议的，公示期内可以到【联系处】（【地址】）当面说，也可以打电话【电话】，匿名也受理。';

const LONGEST = `${'一方有难，众人相帮，'.repeat(MOST_CHARACTERS / 10 - 1)}一方有难，众人相帮。`;

it.each`
  key                 | text                                                          | fault                 | because
  ${'OBJECTION'}      | ${GOOD}                                                       | ${null}               | ${'another way to say the same'}
  ${'OBJECTION'}      | ${''}                                                         | ${/请写一句话/}       | ${'nothing is no text'}
  ${'OBJECTION'}      | ${'有异议请匿名或实名打【电话】。'}                           | ${/少了【联系处】/}   | ${'whom to turn to is required'}
  ${'OBJECTION'}      | ${'有异议请向【联系处】反映，电话【电话】。'}                 | ${/匿名/}             | ${'that no name is needed must be said'}
  ${'OBJECTION'}      | ${'有异议请匿名向【联系处】反映，电话【电话】【期限】。'}     | ${/不能用【期限】/}   | ${'the slot of another text'}
  ${'OBJECTION'}      | ${'有异议请匿名向【联系处】反映，电话【电话】【张三】。'}     | ${/方括号里只能写/}   | ${'no slot of ours, and not repeated'}
  ${'CLOSING'}        | ${'有事请打0566-1234567。'}                                   | ${/数字、字母/}       | ${'figures'}
  ${'CLOSING'}        | ${'有事请打１３８１２３４５６７８。'}                         | ${/数字、字母/}       | ${'full-width figures'}
  ${'CLOSING'}        | ${'有事请打一三八一二三四五六七八。'}                         | ${/不能写号码/}       | ${'a number spelt out'}
  ${'CLOSING'}        | ${'请加微信abc。'}                                            | ${/数字、字母/}       | ${'letters'}
  ${'CLOSING'}        | ${'<b>请大家监督</b>'}                                        | ${/数字、字母/}       | ${'markup'}
  ${'CLOSING'}        | ${'请大家监督{{x}}'}                                          | ${/数字、字母/}       | ${'a template'}
  ${'CLOSING'}        | ${'感谢救治白血病患者的好心人。'}                             | ${/不能公开/}         | ${'the name of an illness'}
  ${'CLOSING'}        | ${'请大家监督'}                                               | ${/句号/}             | ${'no end'}
  ${'CLOSING'}        | ${'请大家监督。\n谢谢。'}                                     | ${/数字、字母/}       | ${'a line break'}
  ${'CLOSING'}        | ${LONGEST}                                                    | ${null}               | ${'the longest'}
  ${'CLOSING'}        | ${`请${LONGEST}`}                                             | ${/最多 120 个字/}    | ${'one too long'}
  ${'NO_NAME'}        | ${'本人要求不公开姓名，案卷可以由监事查验。'}                 | ${null}               | ${'as a county says it'}
  ${'NO_NAME'}        | ${'【电话】不公开姓名。'}                                     | ${/没有可以填的位置/} | ${'nothing is open here'}
  ${'PERIOD'}         | ${'公示期从张贴次日算起，共【期限】，计划【起止】。'}         | ${null}               | ${'the same in other words'}
  ${'CLOSING'}        | ${'王小明欠款不还，请大家监督。'}                             | ${/第 1 个字起/}      | ${'what is said of somebody'}
  ${'CLOSING'}        | ${'请大家监督王小明。'}                                       | ${/第 6 个字起/}      | ${'a name among words of notices'}
  ${'CLOSING'}        | ${'请致电一三八、一二三四、五六七八。'}                       | ${/不能公开/}         | ${'a number in parts'}
  ${'CLOSING'}        | ${'请致电一三八，请致电一二三四，请致电五六七八。'}           | ${/常用的词/}         | ${'a number among words'}
  ${'CLOSING'}        | ${'【电话】王小明。'}                                         | ${/第 5 个字起/}      | ${'a name behind a slot'}
  ${'NO_NAME'}        | ${'王小明不公开姓名。'}                                       | ${/第 1 个字起/}      | ${'the name that it says is not told'}
  ${'OBJECTION'}      | ${'本社不受理异议，匿名向【联系处】反映的，电话【电话】。'}   | ${/常用的词/}         | ${'the opposite'}
  ${'OBJECTION'}      | ${'异议请实名向【联系处】反映，电话【电话】，匿名拒绝。'}     | ${/匿名/}             | ${'the opposite in another word'}
  ${'OBJECTION'}      | ${'异议请向【联系处】反映，电话【电话】，匿名不受理。'}       | ${/匿名/}             | ${'the opposite, with a no'}
  ${'OBJECTION'}      | ${'异议请匿名向【联系处】反映，电话【电话】，本社概不受理。'} | ${/常用的词/}         | ${'said, and taken back'}
  ${'REJECTION_NOTE'} | ${'本社不书面告知，也不复核。'}                               | ${/常用的词/}         | ${'the opposite of the law'}
  ${'REJECTION_NOTE'} | ${'结果已经书面告知申请人，不服可以申请复核。'}               | ${null}               | ${'as a town says it'}
  ${'ACCOUNTS_NOTE'}  | ${'账目不给查，请找【联系处】。'}                             | ${/常用的词/}         | ${'the opposite of open books'}
  ${'PERIOD'}         | ${'公示期从张贴次日算起。'}                                   | ${/少了【期限】/}     | ${'how long must be said'}
`('$key “$text”: $because', ({ key, text, fault }: Rule) => {
  const found = textFault(key, text);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toMatch(fault);
  expect(found ?? '').not.toContain('张三');
});
type Rule = { key: TextKey; text: string; fault: RegExp | null };
