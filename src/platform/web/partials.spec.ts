import { readdirSync } from 'node:fs';
import { Templates } from './templates.js';
import {
  amountField,
  button,
  card,
  checkField,
  choiceField,
  clock,
  dayField,
  errorsOf,
  event,
  fileField,
  frameOf,
  row,
  selectField,
  table,
  tag,
  textField,
  titleOf,
} from './views.js';

const templates = new Templates('templates');
const render = (partial: string, view: object): string => templates.render(`partials/${partial}`, view);

const causes = [
  { value: 'ILLNESS', label: '突发疾病' },
  { value: 'FIRE', label: '火灾', hint: '有过火证明的请带上' },
];
const navOf = (count: number) =>
  ['首页', '案件', '公示', '资金', '线索', '名册', '职务']
    .slice(0, count)
    .map((words, i) => ({ words, href: `/s/${i}`, current: i === 0 }));
const facts = {
  title: '登记急难',
  brand: '柳溪村“救急难”互助社',
  home: '/s',
  signedInAs: '秘书长 王*兰',
  phone: '0566-303 0112',
  fontSize: 'large',
  path: '/s/cases/new',
  styles: '/assets/app.1.css',
  script: '/assets/app.1.js',
  deskScript: '/assets/desk.1.js',
  icon: '/assets/icon.1.svg',
  feed: null,
} as const;
const frame = frameOf({ ...facts, nav: navOf(7) });

/** Each partial with something in it; a new partial without a line here fails below. */
const samples: Readonly<Record<string, object>> = {
  'amount-field': amountField('amount', '要多少钱？', {}, {}, { chips: ['500', '1000'] }),
  'back-link': { href: '/s', words: '返回' },
  button: button('记打款', 'second', '/s/payments/1'),
  card: card(tag('red', '已超 3 小时'), '王* · 2000 元', ['没打款'], { href: '/', actions: [button('看')] }),
  'check-field': checkField('visitors[]', '谁去看过？', causes, { visitors: ['FIRE'] }, {}),
  'choice-field': choiceField('cause', '出了什么事？', causes, { cause: 'FIRE' }, {}, { tiles: true }),
  clock: clock('打款', 'late', '已超 3 小时'),
  clocks: { clocks: [clock('打款', 'done', '11-22 15:20'), clock('公示', 'waiting', '打款后开始')] },
  empty: { words: '现在没有要办的事。', actions: [button('登记急难', 'main', '/s/cases/new')] },
  'error-summary': { errors: errorsOf({ amount: '请填写申请金额，如 1000' }) },
  'field-words': textField('who', '谁？', {}, { who: '请填写姓名' }, { hint: '可输拼音首字母' }),
  figures: { figures: [{ label: '池里还有', value: '28,400.00 元' }] },
  'file-field': fileField('photo', '凭证照片', {}, { camera: true }),
  'form-hidden': { csrfToken: 'token', submissionId: 'number' },
  label: textField('who', '谁？', {}, {}, { optional: true }),
  links: { links: [{ words: '名册', href: '/s/people' }] },
  'look-rows': { rows: [{ label: '电话', value: '尾号 0012', href: '/s/cases/2026-0012/look?field=PHONE' }] },
  'page-foot': { ...frame, csrfToken: 'token' },
  'page-head': frame,
  panel: { title: '办好了', lines: ['已发给 4 位理事。'] },
  'select-field': selectField('bank', '开户行', causes, { bank: 'FIRE' }, {}),
  'summary-list': {
    rows: [row('金额', '1,000.00 元', { change: '/c' }), row('凭证', '记-1', { href: '/v' })],
  },
  table: table(
    '案件',
    ['编号', '金额（元）:', '状态'],
    [[{ words: '2026-0012', href: '/c' }, '1,000.00', { words: '', tag: tag('green', '已打款') }]],
    '还没有案件。',
  ),
  tag: tag('yellow', '表决中'),
  'text-field': textField('who', '谁？', {}, {}, { suggest: { url: '/find', into: 'personId' } }),
  'text-input': dayField('day', '哪天？', { day: '2026-03-09' }, {}),
  'textarea-field': textField('words', '说两句', { words: '<b>' }, {}, { rows: 3 }),
  timeline: {
    events: [event('11-22 15:20', '记打款 1,000.00 元', '出纳 周*', '/p'), event('08:55', '登记')],
  },
};

it('knows a sample of every partial', () => {
  const partials = readdirSync('templates/partials').map((file) => file.replace('.hbs', ''));
  expect(Object.keys(samples).sort()).toEqual(partials.sort());
});

describe.each(Object.entries(samples))('%s', (partial, view) => {
  const html = render(partial, view);

  it('renders, and nothing in it is undefined', () => {
    expect(html).not.toMatch(/undefined|\[object/);
  });

  it('points only at what is there', () => {
    const ids = new Set(idsIn(html));
    for (const id of pointersIn(html)) expect(ids).toContain(id);
    expect(ids.size).toBe(idsIn(html).length);
  });

  it('holds nothing that the content security policy stops', () => {
    expect(html).not.toMatch(/\sstyle=|\son\w+=|<script|javascript:/);
  });
});

const FIELDS: readonly (readonly [partial: string, view: (errors: Record<string, string>) => object])[] = [
  ['text-field', (errors) => textField('name', '姓名', {}, errors, { hint: '如 李建明' })],
  ['textarea-field', (errors) => textField('name', '说两句', {}, errors, { hint: '可以说话' })],
  ['amount-field', (errors) => amountField('name', '要多少钱？', {}, errors, { hint: '最多 3000 元' })],
  ['choice-field', (errors) => choiceField('name', '什么事？', causes, {}, errors, { hint: '选一个' })],
  ['check-field', (errors) => checkField('name[]', '谁去看过？', causes, {}, errors, { hint: '两个人' })],
  ['select-field', (errors) => selectField('name', '开户行', causes, {}, errors, { hint: '看存折' })],
  ['file-field', (errors) => fileField('name', '照片', errors, { hint: '拍清楚' })],
];

describe.each(FIELDS)('%s', (partial, view) => {
  it('ties its label and its hint to the control', () => {
    const html = render(partial, view({}));
    expect(html).toMatch(/<(label[^>]* for="name"|legend)/);
    expect(html).toContain('aria-describedby="name-hint"');
    expect(html).not.toContain('error');
  });

  it('is shown again with its mistake, tied to the control and reached from the summary', () => {
    const html = render(partial, view({ name: '这里没填好' }));
    expect(html).toContain('aria-describedby="name-hint name-error"');
    expect(html).toMatch(/id="name-error">.*错误：.*这里没填好/);
    expect(html).toContain('govuk-form-group--error');
    expect(html).toMatch(/<(input|select|textarea)[^>]* id="name"/);
  });
});

it('shows again what was typed, letter by letter and harmless', () => {
  const typed = { who: '"><script>', amount: '38.58万', cause: 'FIRE', visitors: ['FIRE'] };
  expect(render('text-field', textField('who', '谁？', typed, {}))).toContain(
    'value="&quot;&gt;&lt;script&gt;"',
  );
  expect(render('amount-field', amountField('amount', '多少？', typed, {}))).toContain('value="38.58万"');
  expect(render('choice-field', choiceField('cause', '事？', causes, typed, {}))).toMatch(
    /value="FIRE" checked/,
  );
  expect(render('check-field', checkField('visitors[]', '谁？', causes, typed, {}))).toMatch(
    /name="visitors\[\]" type="checkbox" value="FIRE" checked/,
  );
  expect(render('select-field', selectField('cause', '事？', causes, typed, {}))).toMatch(
    /value="FIRE" selected/,
  );
});

it('keeps the id of the person who was picked from the suggestions', () => {
  const options = { suggest: { url: '/find', into: 'personId' } };
  const html = render(
    'text-field',
    textField('who', '谁？', { who: '李建明', personId: 'p-1' }, {}, options),
  );
  expect(html).toContain('data-suggest="/find" data-into="personId"');
  expect(html).toContain('<input type="hidden" name="personId" value="p-1" data-picked>');
});

it('marks what no draft may keep on the phone', () => {
  expect(render('text-field', textField('idNumber', '身份证号', {}, {}, { secret: true }))).toContain(
    'data-secret',
  );
  expect(render('text-field', textField('password', '密码', {}, {}, { type: 'password' }))).toContain(
    'data-secret',
  );
});

it('says in words what the colour of a clock says', () => {
  expect(render('clock', clock('打款', 'late', '限 24 小时'))).toContain('超时了：</span>限 24 小时');
});

it('says that a table is empty instead of showing an empty one', () => {
  const html = render('table', table('案件', ['编号'], [], '还没有案件。'));
  expect(html).toContain('还没有案件。');
  expect(html).not.toContain('<table');
});

it('gives each cell the head of its column, and numbers their own side', () => {
  const html = render('table', samples['table'] ?? {});
  expect(html).toContain('<td role="cell" data-label="金额（元）" class="number">1,000.00</td>');
  expect(html).toContain('<th scope="col" role="columnheader" class="number">金额（元）</th>');
});

describe('the layout', () => {
  const page = templates.render('errors/refused', {
    title: '没有办成',
    message: '池里只有 800.00 元，这一件要 1,000.00 元。',
    advice: '先登记收到的补助。',
    code: 'FUND_CANNOT_COVER',
    requestId: 'req-1',
    signIn: false,
    errors: [],
    csrfToken: 'token',
    submissionId: 'number',
    frame,
  });

  it('frames a page: language, size of letters, skip link, menu, call, help, way out', () => {
    for (const part of [
      '<html lang="zh-CN" class="font-large">',
      '<title>登记急难</title>',
      'href="#main">跳到正文',
      '<main id="main"',
      'aria-current="page">首页',
      'href="tel:05663030112">打电话问镇里 0566-303 0112',
      'href="/help">怎么用',
      'value="largest" aria-pressed="false">特大',
      'value="large" aria-pressed="true">大',
      'action="/sign-out"',
    ])
      expect(page).toContain(part);
  });

  it('says what was refused, why, what to do instead, and what to say on the telephone', () => {
    for (const part of ['没有办成', '池里只有 800.00 元', '先登记收到的补助', 'FUND_CANNOT_COVER', 'req-1'])
      expect(page).toContain(part);
  });

  it('shows a stranger no menu and no way out', () => {
    const stranger = { ...frame, nav: [], more: [], signedInAs: null, phone: null };
    expect(render('page-head', stranger)).not.toContain('<nav');
    expect(render('page-foot', { ...stranger, csrfToken: 'token' })).not.toMatch(/sign-out|tel:/);
  });
});

it.each`
  items | shown | folded | because
  ${0}  | ${0}  | ${0}   | ${'a stranger has no menu'}
  ${5}  | ${5}  | ${0}   | ${'five words stand in one row of 360 px'}
  ${6}  | ${4}  | ${2}   | ${'更多 takes the place of the fifth'}
  ${7}  | ${4}  | ${3}   | ${'the secretary has seven'}
`(
  'shows $shown of a menu of $items and folds $folded away, $because',
  ({ items, shown, folded }: { items: number; shown: number; folded: number }) => {
    const { nav, more } = frameOf({ ...facts, nav: navOf(items) });
    expect([nav.length, more.length]).toEqual([shown, folded]);
    expect(render('page-head', { ...frame, nav, more }).includes('<summary>更多')).toBe(folded > 0);
  },
);

it('puts a label that is a sentence above its value', () => {
  const html = render('summary-list', { rows: [row('同意互助社为办理救助收集我的基本信息', '同意')] });
  expect(html).toContain('facts__row--long');
  expect(render('summary-list', { rows: [row('金额', '1,000.00 元')] })).not.toContain('facts__row--long');
});

it('begins no line of a card with a dot', () => {
  expect(render('card', card(tag('red', '已超 3 小时'), '王* · 火灾 · 2000 元', []))).toContain(
    '王*\u00a0· 火灾\u00a0· 2000 元',
  );
});

it('says of a brief table that its words need no heads', () => {
  const brief = table('名册', ['姓名'], [['李建明']], '没有人。', { brief: true });
  expect(render('table', brief)).toContain('class="list list--brief"');
});

it.each([
  ['登记急难', false, '登记急难 · 柳溪'],
  ['登记急难', true, '错误：登记急难 · 柳溪'],
])('titles %s, mistakes %s: %s', (title, mistakes, expected) => {
  expect(titleOf(title, mistakes, '柳溪')).toBe(expected);
});

function idsIn(html: string): string[] {
  return [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
}

/** What labels, descriptions and heads of groups point at. A label or a hint rendered alone points out of itself. */
function pointersIn(html: string): string[] {
  if (!/<(input|select|textarea|button)/.test(html) || !/<(label|fieldset|form)/.test(html)) return [];
  return [...html.matchAll(/ (?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)].flatMap(
    ([, ids]) => ids?.split(' ') ?? [],
  );
}
