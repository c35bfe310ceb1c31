import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { REVOCATION_REASONS } from '../../notices/domain/notice-reasons.js';
import {
  demandLetter,
  ENDINGS,
  endingNote,
  latestPayBy,
  REFERRAL_REASONS,
  referralLetter,
  REJECTION_REASONS,
  rejectionLetter,
} from './letters.js';
import type { DemandLetterFacts } from './letters.js';

const counts = {
  decidedAt: '2026-03-05T02:00:00.000Z',
  decisionNumber: '柳溪决〔2026〕3号',
  ...{ directors: 5, recused: 1, electors: 4, present: 4, yes: 1, no: 2, abstain: 1 },
};
const facts = {
  caseNumber: '2026-0012',
  applicantName: '范长河',
  guardianName: null,
  acceptedOn: day('2026-03-04'),
  cause: 'ILLNESS',
  amountFen: fen(100_000),
  on: day('2026-03-05'),
  frozen: {
    societyName: '柳溪村“救急难”互助社',
    charter: {
      article: '章程第十四条',
      publicContactOffice: '柳溪镇民政办',
      publicContactPhone: '0000-1234567',
      publicContactAddress: '柳溪镇政府一楼',
    },
  },
} as const;
const reviewer = '柳溪镇联合互助社';
const demand: DemandLetterFacts = {
  ...{ ...facts, counts, reason: 'FALSE_FACTS', paidOn: day('2026-03-06'), reviewer },
  ...{ demandedFen: fen(60_000), on: day('2026-03-20'), payBy: day('2026-04-19') },
};

it('tells the applicant what was decided, when, by which votes, why, and how to ask again', () => {
  expect(rejectionLetter({ ...facts, counts, reason: 'NOT_ENOUGH_YES', reviewer })).toMatchObject({
    title: ['柳溪村“救急难”互助社', '不予救助告知书'],
    number: '案号：2026-0012，决议：柳溪决〔2026〕3号',
    to: '范长河',
    about:
      '您2026年3月4日提出的急难救助申请（突发疾病，人民币壹仟元整（¥1,000.00）），经2026年3月5日理事会表决（理事5人，回避1人，应到4人，实到4人，同意1人，不同意2人，弃权1人），决定不予救助。',
    reason: '理由：理事会表决时，同意票没有达到章程规定的人数。依据：章程第十四条。',
    review: '不服本决定的，可以自收到本告知书之日起30日内，书面或者口头向柳溪镇联合互助社申请复核。',
    contact: '联系：柳溪镇民政办，0000-1234567，柳溪镇政府一楼。',
    date: '2026年3月5日',
  });
});

it('goes to the guardian of a child', () => {
  const child = { ...facts, applicantName: '范小宝', guardianName: '范长河' };
  const { to } = rejectionLetter({ ...child, counts, reason: 'NOT_ENOUGH_YES', reviewer });
  expect(to).toBe('范长河（范小宝的监护人）');
});

it.each(REJECTION_REASONS)('has a sentence for %s', (reason) => {
  const { reason: words } = rejectionLetter({ ...facts, counts, reason, reviewer });
  expect(words).toMatch(/^理由：.{8,}。依据：章程第十四条。$/);
});

it('demands an amount in words and figures, until a day, into the account of the society without its number', () => {
  const letter = demandLetter(demand);
  expect(letter.about).toContain('2026年3月6日向您付出急难救助款（突发疾病，人民币壹仟元整（¥1,000.00））');
  expect(letter.about).toContain(
    '因申请时所说的情况经查不属实，依据章程第十四条把该项救助变更为人民币肆佰元整（¥400.00）',
  );
  expect(letter.about).toContain('请您退回人民币陆佰元整（¥600.00）');
  expect(letter.payment).toMatch(/2026年4月19日以前（含当日）按互助社账户退回.*不写账号.*分期退回/);
  expect(letter.hearing).toMatch(/10日内要求本社当面听取您的陈述和申辩.*柳溪镇联合互助社提出异议/);
  expect(JSON.stringify(letter)).not.toMatch(/\d{8,}/);
});

it('says that the grant is taken back where all of it is demanded', () => {
  const { about } = demandLetter({ ...demand, demandedFen: fen(100_000) });
  expect(about).toMatch(/依据章程第十四条撤销该项救助，请您退回人民币壹仟元整（¥1,000.00）。$/);
});

it.each(REVOCATION_REASONS)('demands because of %s', (reason) => {
  expect(demandLetter({ ...demand, reason }).about).toMatch(/，因.{6,}，依据/);
});

it.each`
  change                           | refused  | because
  ${{}}                            | ${false} | ${'thirty days, the last of them'}
  ${{ payBy: day('2026-04-20') }}  | ${true}  | ${'thirty-one days'}
  ${{ payBy: day('2026-03-20') }}  | ${true}  | ${'the day of the letter is no time to pay'}
  ${{ demandedFen: fen(100_000) }} | ${false} | ${'all of it'}
  ${{ demandedFen: fen(100_001) }} | ${true}  | ${'more than was granted'}
  ${{ demandedFen: fen(0) }}       | ${true}  | ${'nothing'}
`('a demand is refused: $refused, $because', ({ change, refused }: { change: object; refused: boolean }) => {
  const write = () => demandLetter({ ...demand, ...change });
  if (refused) expect(write).toThrow(RangeError);
  else expect(write).not.toThrow();
});

it('gives thirty days at the most', () => {
  expect(latestPayBy(day('2026-03-20'))).toBe('2026-04-19');
});

it('hands a case over to the union, or refers it to another office, with what goes along', () => {
  const asked = { ...facts, to: '柳溪镇民政办', group: '柳溪村三组', reason: 'OTHER_POLICY' } as const;
  const handed = referralLetter({ ...asked, way: 'HAND_OVER', enclosures: [] });
  expect(handed.title[1]).toBe('转办函');
  expect(handed.enclosures).toBe('随函没有材料。');
  const referred = referralLetter({ ...asked, way: 'REFER', enclosures: ['ID_CARD', 'CAUSE_PROOF'] });
  expect(referred.title[1]).toBe('转介函');
  expect(referred.about).toContain('本社2026年3月4日受理了柳溪村三组范长河的急难救助申请');
  expect(referred.enclosures).toBe('随函材料共2项：身份证、事由证明材料（复印件）。');
});

it.each(REFERRAL_REASONS)('hands over because of %s', (reason) => {
  const asked = { ...facts, to: '柳溪镇民政办', group: '三组', way: 'HAND_OVER', enclosures: [] } as const;
  expect(referralLetter({ ...asked, reason }).asked).toMatch(/^因.{8,}，现转请贵单位办理/);
});

it.each`
  ending           | title               | signer                      | because
  ${'OWN_WISH'}    | ${'撤回申请确认书'} | ${'申请人（监护人）签名：'} | ${'the applicant takes it back'}
  ${'DEATH'}       | ${'终止办理确认书'} | ${'家属签名：'}             | ${'the family may ask the board anew'}
  ${'NOT_IN_NEED'} | ${'终止办理确认书'} | ${'申请人（监护人）签名：'} | ${'there was no need'}
  ${'UNREACHABLE'} | ${'终止办理确认书'} | ${null}                     | ${'nobody is there to sign'}
`('ends with $title for $ending: $because', ({ ending, title, signer }: Record<string, string>) => {
  const known = ENDINGS.find((each) => each === ending);
  if (!known) throw new Error('No such ending');
  const note = endingNote({ ...facts, ending: known });
  expect([note.title[1], note.signer]).toEqual([title, signer]);
  expect(note.about).toContain('救助款尚未付出');
});
