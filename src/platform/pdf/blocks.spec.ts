import { blocksOf } from './blocks.js';

const paper = (inside: string) => blocksOf(`<article class="notice" lang="zh-CN">${inside}</article>`);

it('cuts a title only at its joints', () => {
  expect(paper('<h1 data-field="标题">柳溪村<wbr>公示</h1>')).toEqual([
    { kind: 'title', field: '标题', text: '柳溪村公示', pieces: ['柳溪村', '公示'] },
  ]);
});

it('reads a table with its columns and where each cell stands', () => {
  const [table] = paper(
    `<table data-field="名单"><colgroup><col width="40%"><col width="60%"></colgroup>
     <thead><tr><th>项目</th><th>金额</th></tr></thead>
     <tbody><tr><td>合计</td><td class="amount">1.00</td></tr></tbody></table>`,
  );
  expect(table).toMatchObject({ shares: [0.4, 0.6], isTall: false });
  expect(table).toHaveProperty('rows', [
    [
      { field: '名单第1行第1列', text: '合计', align: 'left' },
      { field: '名单第1行第2列', text: '1.00', align: 'right' },
    ],
  ]);
});

it('reads a table that goes on where the one before it ends, with a head or without', () => {
  const joined = (head: string) =>
    paper(
      `<table class="joined tall" data-field="合计"><colgroup><col width="40%"><col width="60%"></colgroup>
       <thead>${head}</thead><tbody><tr><td>合计</td><td>1.00</td></tr></tbody></table>`,
    );
  expect(joined('')).toMatchObject([{ isJoined: true, isTall: true, head: [] }]);
  expect(joined('<tr><th>项目</th><th>金额</th></tr>')).toMatchObject([{ head: [{}, {}] }]);
  expect(() => joined('<tr><th>项目</th></tr>')).toThrow(/not even/);
});

it('reads the closing with and without a QR', () => {
  const seal = '<div class="seal-place"><p class="signature">社</p><p class="date">2026年3月9日</p></div>';
  const figure = '<figure class="qr" data-text="u"><figcaption>一<br>二</figcaption></figure>';
  expect(paper(`<section class="closing">${seal}</section>`)).toMatchObject([
    { qr: null, name: { text: '社' } },
  ]);
  expect(paper(`<section class="closing">${figure}${seal}</section>`)).toMatchObject([
    { qr: { text: 'u', captions: [{ text: '一' }, { text: '二' }] } },
  ]);
});

it.each([
  ['<ul></ul>', /no place for <ul/],
  ['<p class="big">一</p>', /no place for <p.big>/],
  ['<footer class="imprint"><dl><dt>一</dt></dl></footer>', /in turn/],
  [
    '<table><colgroup><col width="100%"></colgroup><thead><tr><th>一</th></tr></thead><tbody><tr></tr></tbody></table>',
    /not even/,
  ],
])('refuses %j', (inside, why) => {
  expect(() => paper(inside)).toThrow(why);
});
