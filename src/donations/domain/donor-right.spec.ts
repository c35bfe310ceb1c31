import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { erasedParts, hindersOf, refuseCopyByOffice, refuseErasingHand, wishOf } from './donor-right.js';
import type { UnderWay } from './donor-right.js';

const NOTHING: UnderWay = {
  ...{
    pledges: [],
    refunds: [],
    questions: 0,
    receiptsDue: [],
    goods: [],
    restricted: [],
    lists: [],
    copies: 0,
  },
};
const ON = day('2026-03-02');
const refusedBy = (code: string): Error => expect.objectContaining({ code }) as Error;

it('has nothing against erasing a donor of whom all is at its end', () => {
  expect(hindersOf(NOTHING)).toEqual([]);
});

it.each<[keyof UnderWay, Partial<UnderWay>, RegExp]>([
  ['pledges', { pledges: [ON] }, /^2026年3月2日的认捐还没有到账/],
  ['refunds', { refunds: [ON] }, /^2026年3月2日那一笔的退款还没有办完$/],
  ['questions', { questions: 2 }, /^有 2 件改变用途的事/],
  ['receiptsDue', { receiptsDue: [ON] }, /票据还没有开$/],
  ['goods', { goods: [ON] }, /送来的物资还没有入库/],
  ['restricted', { restricted: [{ givenOn: ON, leftFen: fen(12_345) }] }, /还有 123\.45 元没有用完/],
  [
    'lists',
    { lists: [{ number: '柳互助〔2026〕3号', what: '捐赠公示' }] },
    /^柳互助〔2026〕3号捐赠公示写了本人姓名/,
  ],
  [
    'lists',
    { lists: [{ number: '柳互助〔2026〕4号', what: '更正公告' }] },
    /^柳互助〔2026〕4号更正公告写了本人姓名/,
  ],
  ['lists', { lists: [{ number: null, what: '更正公告' }] }, /的更正公告还没有签发$/],
  ['copies', { copies: 1 }, /副本还没有交给本人/],
])('says why nothing is erased: %s', (_, under, words) => {
  const reasons = hindersOf({ ...NOTHING, ...under });
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toMatch(words);
});

it('says all of them at once', () => {
  expect(hindersOf({ ...NOTHING, pledges: [ON, ON], receiptsDue: [ON], questions: 1 })).toHaveLength(4);
});

type Parts = Parameters<typeof erasedParts>[0] & { readonly rest: boolean; readonly name: boolean };
it.each`
  kind         | isMerged | hasBooked | rest     | name     | because
  ${'PERSON'}  | ${false} | ${true}   | ${true}  | ${false} | ${'a voucher rests on the name'}
  ${'PERSON'}  | ${false} | ${false}  | ${true}  | ${true}  | ${'nothing was ever booked'}
  ${'PERSON'}  | ${true}  | ${true}   | ${true}  | ${true}  | ${'the name stands in the record that is left'}
  ${'COMPANY'} | ${false} | ${false}  | ${false} | ${false} | ${'a company is no natural person'}
  ${'COMPANY'} | ${true}  | ${true}   | ${false} | ${false} | ${'a company is none, merged or not'}
`('erases of a $kind the rest $rest and the name $name: $because', ({ rest, name, ...record }: Parts) => {
  expect(erasedParts(record)).toEqual({ phone: true, rest, name });
});

type Hands = { readonly personId: string; readonly accountId: string; readonly code: string };
const ASKED = { recordedBy: 'p-secretary', recordedByAccount: 'a-secretary' };
it.each`
  personId         | accountId        | code                             | because
  ${'p-secretary'} | ${'a-other'}     | ${'ERASURE_NEEDS_SECOND_PERSON'} | ${'the person wrote it down, under another account'}
  ${'p-other'}     | ${'a-secretary'} | ${'ERASURE_NEEDS_SECOND_PERSON'} | ${'the account wrote it down'}
  ${'p-chair'}     | ${'a-donor'}     | ${'ERASURE_OF_ONESELF'}          | ${'the chair is the donor'}
`('refuses to erase by $code where $because', ({ personId, accountId, code }: Hands) => {
  const erase = () => {
    refuseErasingHand(ASKED, ['a-donor'], { personId, accountId });
  };
  expect(erase).toThrow(refusedBy(code));
});

it('lets somebody else erase, also what the donor asked himself', () => {
  const by = { personId: 'p-chair', accountId: 'a-chair' };
  expect(() => {
    refuseErasingHand(ASKED, ['a-donor'], by);
    refuseErasingHand({ recordedBy: null, recordedByAccount: 'a-donor' }, ['a-donor'], by);
  }).not.toThrow();
});

it('lets the office make no copy for whoever can open it himself', () => {
  expect(() => {
    refuseCopyByOffice({ accountId: 'a-donor' });
  }).toThrow(refusedBy('DONOR_HAS_OWN_COPY'));
  expect(() => {
    refuseCopyByOffice({ accountId: null });
  }).not.toThrow();
});

it('wants to know what is to be put right, and nothing where nothing is', () => {
  expect(() => wishOf('CORRECT', '  ')).toThrow(refusedBy('WISH_MISSING'));
  expect(() => wishOf('CORRECT', null)).toThrow(refusedBy('WISH_MISSING'));
  expect(wishOf('CORRECT', ' “长”写成了“常” ')).toBe('“长”写成了“常”');
  expect(wishOf('ERASE', '随便写的')).toBeNull();
});
