import { day } from '../../kernel/day.js';
import { changesBetween, correctionNotice } from './correction.js';
import { contentOf } from './notice-content.js';
import { printsName } from './notice-words.js';
import type { Kept, KeptWords } from './notice-words.js';
import { lintNotice } from './privacy-lint.js';

const item = {
  ...{
    person: '张*三',
    group: '柳溪村三组',
    cause: '突发疾病',
    amountInWords: '壹仟元整',
    amount: '1,000.00',
  },
  ...{ paidOn: '2026年3月6日', paidHow: '已先行打款' },
};
const words: KeptWords<'GRANT_POST'> = {
  title: ['柳溪村“救急难”互助社', '关于急难救助', '的公示'],
  basis: '依据章程第十条，经2026年3月5日理事会表决（理事5人，应到5人，实到5人，同意5人），现予公示：',
  objection: '公示期内如有异议，请实名或匿名向柳溪镇民政办反映（电话0000-1234567，地址柳溪镇政府一楼）。',
  ...{ issuer: '柳溪村“救急难”互助社', numberPrefix: '柳溪', noticeDays: 7, noticeDayKind: 'natural' },
  ...{ contactPhone: '0000-1234567', publishMode: 'MASKED_NAME', caseNumber: '2026-0012', items: [item] },
};
const kept = (changed: Partial<KeptWords<'GRANT_POST'>> = {}): Kept => ({
  kind: 'GRANT_POST',
  words: { ...words, ...changed },
});
const signedAt = new Date('2026-03-09T01:00:00Z');
const signing = {
  ...{ version: 1, number: '柳溪救公〔2026〕3号', signedOn: day('2026-03-09'), code: 'K7M4Q2XD' },
  ...{
    period: '公示期：张贴次日起7日（计划3月10日至3月16日）。',
    verifyUrl: 'https://huzhu.example/n/K7M4Q2XD',
  },
};
const signed = { content: contentOf(kept(), signing), words, signedAt };

describe('what a correction quotes', () => {
  it.each`
    today                                                          | fields                                                 | because
    ${kept()}                                                      | ${[]}                                                  | ${'nothing has changed'}
    ${kept({ items: [{ ...item, group: '柳溪村二组' }] })}         | ${['救助对象·村组']}                                   | ${'another group'}
    ${kept({ items: [{ ...item, person: '张*山', group: '' }] })}  | ${['救助对象·姓名', '救助对象·村组']}                  | ${'name and group'}
    ${kept({ objection: '请向别处反映。', issuer: '柳溪互助社' })} | ${[]}                                                  | ${'the frame is of its own issue'}
    ${kept({ publishMode: 'NUMBER_ONLY' })}                        | ${['救助对象·姓名', '救助对象·村组', '救助对象·说明']} | ${'consent was taken back'}
  `('is $fields: $because', ({ today, fields }: { today: Kept; fields: string[] }) => {
    expect(changesBetween(signed.content, today).map(({ field }) => field)).toEqual(fields);
  });

  it('holds both versions, and says so where nothing stood', () => {
    const changes = changesBetween(signed.content, kept({ items: [{ ...item, group: '' }] }));
    expect(changes).toEqual([{ field: '救助对象·村组', was: '柳溪村三组', now: '（无）' }]);
  });
});

describe('a correction', () => {
  const of = (today: Kept, cause: 'OWN_CHECK' | 'OBJECTION' = 'OWN_CHECK') =>
    correctionNotice({
      signed,
      cause,
      changes: changesBetween(signed.content, today),
      forbidden: ['张三三'],
    });

  it('says which notice of which day was wrong, and who saw it', () => {
    const { title, basis } = of(kept({ items: [{ ...item, group: '柳溪村二组' }] }));
    expect(title.join('')).toBe('柳溪村“救急难”互助社关于“柳溪救公〔2026〕3号”公示的更正公告');
    expect(basis).toBe(
      '柳溪村“救急难”互助社2026年3月9日签发的公示“柳溪救公〔2026〕3号”，经自查，现更正如下：',
    );
    expect(of(kept(), 'OBJECTION').basis).toContain('经查，对它的异议成立，现公告如下：');
  });

  it('is read by the privacy check place by place', () => {
    const draft = of(kept({ items: [{ ...item, person: '张三三' }] }));
    const content = contentOf({ kind: 'CORRECTION', words: draft }, signing);
    const rules = { contactPhone: draft.contactPhone, forbidden: draft.forbidden };
    expect(lintNotice(content, rules).map(({ kind, field }) => [kind, field])).toEqual([
      ['FULL_NAME', '更正第1处更正·姓名'],
      ['UNMASKED', '更正第1处更正·姓名'],
    ]);
  });

  it.each`
    today                                                  | prints   | because
    ${kept({ items: [{ ...item, person: '张*山' }] })}     | ${true}  | ${'it quotes two masked names'}
    ${kept({ items: [{ ...item, group: '柳溪村二组' }] })} | ${false} | ${'a group is nobody'}
  `('prints a name: $prints, since $because', ({ today, prints }: { today: Kept; prints: boolean }) => {
    expect(printsName({ kind: 'CORRECTION', words: of(today) })).toBe(prints);
  });
});
