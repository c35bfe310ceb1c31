import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { Assets } from '../../../src/platform/web/assets.js';
import { Templates } from '../../../src/platform/web/templates.js';
import * as v from '../../../src/platform/web/views.js';

/** Where the samples are served: no server stands there, the browser is handed each answer. */
export const SAMPLES = 'http://samples.test';

const ASSETS = join('build', 'assets');

const PAGES = {
  form: `{{#> layout}}
{{> partials/back-link href="/parts" words="返回"}}
{{> partials/error-summary}}
<h1>{{title}} <span class="steps">1/2</span></h1>
<form method="post" action="/sent" novalidate data-draft="sample">
  {{> partials/form-hidden}}
  {{> partials/text-field who}}{{> partials/text-field idNumber}}{{> partials/choice-field cause}}
  {{> partials/amount-field amount}}{{> partials/textarea-field words}}{{> partials/choice-field payee}}
  {{> partials/check-field visitors}}{{> partials/text-field happenedOn}}{{> partials/select-field bank}}
  {{> partials/file-field photo}}
  <div class="bar"><button class="button">下一步：拍照</button></div>
</form>
{{/layout}}`,
  parts: `{{#> layout}}
<h1>{{title}}</h1>
<div class="columns">
  <aside><h2>三个倒计时</h2>{{> partials/clocks clocks=clocks}}{{> partials/figures figures=figures}}{{> partials/links links=links}}</aside>
  <div>{{#each cards}}{{> partials/card}}{{/each}}{{> partials/summary-list rows=rows}}{{> partials/timeline events=events}}</div>
</div>
{{> partials/table listing}}{{> partials/empty nothing}}
<details><summary>其他</summary><p class="actions"><a href="/parts">转镇里</a></p></details>
<label for="share">发给理事</label><textarea class="govuk-textarea" id="share" readonly>有一件急事请您表决</textarea>
<button class="button button--second" type="button" data-copy="share">复制</button>
{{/layout}}`,
  sent: '{{#> layout}}{{> partials/panel done}}{{/layout}}',
} as const;

const causes = ['突发疾病', '意外事故', '火灾', '自然灾害', '就学', '其他突发困难'].map((label) => ({
  value: label,
  label,
}));

function formView(typed: Record<string, string>, errors: Record<string, string>): object {
  const pair = [
    { value: 'a', label: '本人' },
    { value: 'b', label: '其他', hint: '要写原因' },
  ];
  return {
    title: '登记急难',
    errors: v.errorsOf(errors),
    who: v.textField('who', '谁遇到了困难？', typed, errors, {
      hint: '可输姓名、拼音首字母（如 ljm）或电话后四位',
      suggest: { url: '/suggest', into: 'personId' },
    }),
    idNumber: v.textField('idNumber', '身份证号', typed, errors, { secret: true, optional: true }),
    cause: v.choiceField('cause', '出了什么事？', causes, typed, errors, { tiles: true }),
    amount: v.amountField('amount', '要多少钱？', typed, errors, { chips: ['500', '1000', '2000'] }),
    words: v.textField('words', '说两句', typed, errors, { optional: true, hint: '点键盘上的话筒可以说话' }),
    payee: v.choiceField('payee', '钱打给谁？', pair, typed, errors),
    visitors: v.checkField('visitors[]', '谁去看过？', pair, typed, errors),
    happenedOn: v.dayField('happenedOn', '哪天出的事？', typed, errors),
    bank: v.selectField('bank', '开户行', causes, typed, errors),
    photo: v.fileField('photo', '签字的同意书', errors, { hint: '材料可以后补' }),
  };
}

const partsView = {
  title: '今天要办 3 件',
  clocks: (['done', 'running', 'late', 'waiting'] as const).map((state) =>
    v.clock('补材料', state, '还剩 10 个工作日（12月4日）缺：出院小结'),
  ),
  figures: [{ label: '池里还有', value: '1,028,400.00 元' }],
  links: [{ words: '最近 5 件', href: '/parts' }],
  cards: (['red', 'yellow', 'blue', 'green', 'grey'] as const).map((colour) =>
    v.card(v.tag(colour, '已超 3 小时'), '王* · 意外事故 · 2000 元', ['没打款（限 24 小时）'], {
      href: '/parts',
      actions: [v.button('记打款', 'second', '/parts'), v.button('不办了', 'warn', '/parts')],
    }),
  ),
  rows: [
    v.row('申请金额', '1,000.00 元（壹仟元整）', { change: '/parts' }),
    v.row('凭证', '记-0031', { href: '/parts' }),
  ],
  events: [v.event('11-22 15:20', '记打款 1,000.00 元', '出纳 周*', '/parts'), v.event('08:55', '登记')],
  listing: v.table(
    '案件',
    ['编号', '对象', '金额（元）:', '状态'],
    [
      [
        { words: '2026-0012', href: '/parts' },
        '李*明（3组）',
        '1,000.00',
        { words: '', tag: v.tag('blue', '公示中') },
      ],
    ],
    '还没有案件。',
  ),
  nothing: { words: '现在没有要办的事。', actions: [v.button('＋ 登记急难', 'main', '/form')] },
};

const VIEWS: Readonly<Record<string, readonly [page: keyof typeof PAGES, view: object]>> = {
  '/form': ['form', formView({}, {})],
  '/mistakes': [
    'form',
    formView({ who: '李建明', cause: '火灾' }, { amount: '请填写申请金额，如 1000', photo: '请拍一张照片' }),
  ],
  '/parts': ['parts', partsView],
  '/sent': ['sent', { title: '办好了', done: { title: '已经请大家表决', lines: ['已发给 4 位理事。'] } }],
};

export const samplePaths = ['/form', '/mistakes', '/parts', '/sent'];

/** The templates as they are, in pages made up to show every partial, under the policy that the server sets. */
export class SamplePages {
  readonly posts: string[] = [];
  private readonly templates: Templates;
  private readonly assets = Assets.in(ASSETS);

  constructor() {
    const directory = mkdtempSync(join(tmpdir(), 'huzhu-samples-'));
    cpSync(join('templates', 'partials'), join(directory, 'partials'), { recursive: true });
    cpSync(join('templates', 'layout.hbs'), join(directory, 'layout.hbs'));
    for (const [name, text] of Object.entries(PAGES)) writeFileSync(join(directory, `${name}.hbs`), text);
    this.templates = new Templates(directory);
  }

  async serve(context: BrowserContext, font: v.FontSize = 'standard'): Promise<void> {
    await context.route(`${SAMPLES}/**`, async (route) => {
      const request = route.request();
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/assets/')) await route.fulfill({ path: join(ASSETS, pathname.slice(8)) });
      else if (pathname === '/suggest')
        await route.fulfill({ json: { items: [{ id: 'p-1', words: '李建明 三组' }] } });
      else {
        if (request.method() === 'POST') this.posts.push(request.postData() ?? '');
        await route.fulfill({
          contentType: 'text/html; charset=utf-8',
          headers: { 'content-security-policy': "default-src 'self'; img-src 'self' data: blob:" },
          body: this.page(pathname, font),
        });
      }
    });
  }

  sizeOf(asset: string): number {
    return readFileSync(join(ASSETS, `${this.assets.url(asset).slice(8)}.gz`)).length;
  }

  page(path: string, font: v.FontSize): string {
    const [page, view] = VIEWS[path] ?? ['sent', VIEWS['/sent']?.[1] ?? {}];
    const { title, errors = [] } = view as { title: string; errors?: readonly object[] };
    const brand = '柳溪村“救急难”互助社';
    return this.templates.render(page, {
      ...view,
      errors,
      csrfToken: 'token',
      submissionId: 'number',
      frame: v.frameOf({
        title: v.titleOf(title, errors.length > 0, brand),
        brand,
        home: '/parts',
        nav: ['今天要办', '案件', '公示', '资金', '线索', '名册', '职务'].map((words, i) => ({
          words,
          href: '/parts',
          current: i === 0,
        })),
        signedInAs: '秘书长 王*兰',
        phone: '0566-3030112',
        fontSize: font,
        path,
        styles: this.assets.url('app.css'),
        script: this.assets.url('app.js'),
        deskScript: this.assets.url('desk.js'),
        icon: this.assets.url('icon.svg'),
        feed: null,
      }),
    });
  }
}
