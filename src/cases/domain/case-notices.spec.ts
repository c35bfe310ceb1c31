import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { rejectionNotice, resolutionNotice, revocationNotice } from './case-notices.js';
import type { ResolutionMatter, RevocationFacts } from './case-notices.js';

const counts = {
  decidedAt: '2026-03-05T02:00:00.000Z',
  decisionNumber: '柳溪决〔2026〕3号',
  ...{ directors: 5, recused: 1, electors: 4, present: 4, yes: 1, no: 2, abstain: 1 },
};
const frozen = {
  societyName: '柳溪村“救急难”互助社',
  charter: {
    article: '章程第十四条',
    numberPrefix: '柳溪',
    noticeDays: 7,
    noticeDayKind: 'natural',
    publicContactOffice: '柳溪村互助社监事会',
    publicContactPhone: '0566-1234567',
    publicContactAddress: '柳溪村村委会',
  },
  names: ['张小三', '张小宝'],
} as const;
const caseNumber = '2026-0012';
const printed = { maskedName: '张*三', group: '柳溪村三组', minors: 0 };
const revocation: RevocationFacts = {
  ...{ caseNumber, cause: 'ILLNESS', grantedFen: fen(100_000), demandedFen: fen(60_000) },
  ...{ reason: 'PAID_TWICE', counts, revokes: '柳溪救公〔2026〕3号', printed, frozen },
};

/** All of it but the list of what must not be printed. */
const open = (notice: object) => JSON.stringify({ ...notice, forbidden: [] });

it('refuses by the number of the case, the class of its cause and the votes', () => {
  const notice = rejectionNotice({ caseNumber, cause: 'ILLNESS', counts, frozen });
  expect(notice).toMatchObject({ caseNumber, cause: '突发疾病', outcome: 'NOT_ENOUGH_YES' });
  expect(notice.basis).toBe(
    '依据章程第十四条，经2026年3月5日理事会表决（理事5人，回避1人，应到4人，实到4人，同意1人，不同意2人，弃权1人），对下列申请不予救助，现予公示：',
  );
  expect(open(notice)).not.toMatch(/张|三组/);
});

it('says which notice is taken back, why, and what is demanded, in words and figures of one integer', () => {
  expect(revocationNotice(revocation)).toMatchObject({
    ...{ revokes: '柳溪救公〔2026〕3号', reason: 'PAID_TWICE', publishMode: 'MASKED_NAME', person: '张*三' },
    granted: { amountInWords: '壹仟元整', amount: '1,000.00' },
    demanded: { amountInWords: '陆佰元整', amount: '600.00' },
    forbidden: ['张小三', '张小宝'],
  });
});

it.each`
  change               | mode             | because
  ${{}}                | ${'MASKED_NAME'} | ${'the notice of the grant had the masked name'}
  ${{ printed: null }} | ${'NUMBER_ONLY'} | ${'D4-33 it named nobody, or the consent was withdrawn'}
  ${{ revokes: null }} | ${'NUMBER_ONLY'} | ${'nobody had been named in public before'}
`('names the person as $mode: $because', ({ change, mode }: { change: object; mode: string }) => {
  const notice = revocationNotice({ ...revocation, ...change });
  expect(notice.publishMode).toBe(mode);
  if (mode === 'NUMBER_ONLY') expect(open(notice)).not.toMatch(/张|三组/);
});

it('D4-32 shows the guardian of a child, and that there is one', () => {
  const guardian = { maskedName: '张*山', group: '柳溪村三组', minors: 1 };
  const notice = revocationNotice({ ...revocation, printed: guardian });
  expect(notice).toMatchObject({ person: '张*山', minors: 1 });
  expect(open(notice)).not.toMatch(/小宝|张\*宝/);
});

it.each`
  demanded   | kept        | title                     | because
  ${100_000} | ${null}     | ${'关于撤销急难救助'}     | ${'all of it is taken back'}
  ${99_999}  | ${'0.01'}   | ${'关于变更急难救助金额'} | ${'a fen is kept'}
  ${1}       | ${'999.99'} | ${'关于变更急难救助金额'} | ${'a fen was too much'}
`('$demanded of 100,000 demanded: $title, $because', ({ demanded, kept, title }: Partly) => {
  const notice = revocationNotice({ ...revocation, demandedFen: fen(demanded) });
  expect([notice.title[1], notice.kept?.amount ?? null]).toEqual([title, kept]);
  expect(notice.basis).toMatch(kept === null ? /撤销下列救助/ : /变更下列救助的金额/);
});
type Partly = { readonly demanded: number; readonly kept: string | null; readonly title: string };

it.each([0, 100_001])('demands back no %i fen of 100,000', (demanded) => {
  expect(() => revocationNotice({ ...revocation, demandedFen: fen(demanded) })).toThrow(RangeError);
});

it.each<[ResolutionMatter, object, string]>([
  [
    { about: 'CHARTER', charterVersion: 2, validFrom: day('2026-04-01') },
    { about: 'CHARTER', charterVersion: 2, validFrom: '2026年4月1日' },
    '关于修订章程的公示',
  ],
  [
    {
      about: 'FUND_RULE',
      rule: '安心纾困慈善基金救助规则',
      ruleVersion: 2,
      validFrom: day('2026-04-01'),
    },
    { about: 'FUND_RULE', ruleVersion: 2, validFrom: '2026年4月1日' },
    '关于修订基金规则的公示',
  ],
  [
    {
      about: 'WRITE_OFF',
      societyName: '石桥社',
      caseNumber,
      recoveredFen: fen(0),
      writtenOffFen: fen(60_000),
    },
    { recovered: null, writtenOff: { amountInWords: '陆佰元整', amount: '600.00' } },
    '关于核销未追回救助款的公示',
  ],
  [
    { about: 'CHANGE_OF_USE', movedFen: fen(60_000), from: 'SCHOOLING', to: 'EMERGENCY' },
    { moved: { amountInWords: '陆佰元整', amount: '600.00' }, from: 'SCHOOLING', to: 'EMERGENCY' },
    '关于变更资金用途的公示',
  ],
  [
    { about: 'FAST_PATH_NOT_RATIFIED', caseNumber, paidOn: day('2026-03-06'), grantedFen: fen(60_000) },
    { paidOn: '2026年3月6日', granted: { amountInWords: '陆佰元整', amount: '600.00' } },
    '关于紧急快办审议结果的公示',
  ],
])('resolves on %j', (matter, resolution, title) => {
  const notice = resolutionNotice({ matter, counts, frozen });
  expect(notice.resolution).toMatchObject(resolution);
  expect(notice.title.join('')).toBe(`柳溪村“救急难”互助社${title}`);
  expect(notice.basis).toContain('，作出如下决议（柳溪决〔2026〕3号），现予公示：');
});

it('quotes no number where the decision has none', () => {
  const matter = { about: 'CHARTER', charterVersion: 2, validFrom: day('2026-04-01') } as const;
  const notice = resolutionNotice({ matter, counts: { ...counts, decisionNumber: null }, frozen });
  expect(notice.basis).toMatch(/，作出如下决议，现予公示：$/);
});
