import { day } from '../../kernel/day.js';
import { PersonInvalid } from './people.errors.js';
import { addressKey, addressWords, householdOf, nameFault, personOf, tidyName } from './person-draft.js';
import type { PersonDraft } from './person-draft.js';

const today = day('2026-03-02');
const draft = (more: Partial<PersonDraft>): PersonDraft => ({
  name: '李建明',
  group: '三组',
  residence: 'HUKOU',
  ...more,
});

const faultOf = (more: Partial<PersonDraft>): string => {
  try {
    personOf(draft(more), today);
    return '';
  } catch (error) {
    if (error instanceof PersonInvalid) return `${error.field}: ${error.message}`;
    throw error;
  }
};

it('D4-52 takes ID 11010519491231002x and keeps the upper-case X', () => {
  expect(personOf(draft({ idNumber: ' 11010519491231002x ' }), today)).toMatchObject({
    idNumber: '11010519491231002X',
    bornOn: '1949-12-31',
    sex: 'female',
  });
});

it('D4-50 takes a person without ID, whose birthday is then typed', () => {
  expect(personOf(draft({ bornOn: '1969-10-01' }), today)).toMatchObject({
    idNumber: null,
    bornOn: '1969-10-01',
    sex: null,
  });
});

it.each`
  more                                                        | field         | because
  ${{ idNumber: '341702198503140011' }}                       | ${'idNumber'} | ${'the check digit is wrong'}
  ${{ idNumber: '371603197802290010' }}                       | ${'idNumber'} | ${'1978 had no 29 February'}
  ${{ idNumber: '341702198503140010', bornOn: '1985-03-15' }} | ${'bornOn'}   | ${'the number says another birthday'}
  ${{ idNumber: '341702198503140010', sex: 'female' }}        | ${'sex'}      | ${'the number says another sex'}
  ${{ bornOn: '2026-03-03' }}                                 | ${'bornOn'}   | ${'nobody is born tomorrow'}
  ${{ bornOn: '2026-02-30' }}                                 | ${'bornOn'}   | ${'there is no such day'}
  ${{ phone: '1390000534' }}                                  | ${'phone'}    | ${'ten digits are no mobile number'}
  ${{ name: '李建明1' }}                                      | ${'name'}     | ${'a name holds no digits'}
  ${{ name: '<b>李</b>' }}                                    | ${'name'}     | ${'a name holds no marks of a page'}
  ${{ name: '  ' }}                                           | ${'name'}     | ${'a name is not empty'}
`('refuses $more: $because', ({ more, field }: { more: Partial<PersonDraft>; field: string }) => {
  expect(faultOf(more).startsWith(`${field}: `)).toBe(true);
});

it.each`
  typed                | name                 | because
  ${'李 建 明'}        | ${'李建明'}          | ${'lists pad names with spaces'}
  ${'阿卜杜拉•买买提'} | ${'阿卜杜拉·买买提'} | ${'there are many dots and one is ours'}
  ${' 逄某 '}          | ${'逄某'}            | ${'space around a name means nothing'}
  ${'𬭎䶮'}            | ${'𬭎䶮'}            | ${'rare characters are characters'}
  ${'李〇'}            | ${'李〇'}            | ${'〇 is a number letter, and a name'}
`('reads $typed as $name: $because', ({ typed, name }: { typed: string; name: string }) => {
  expect(tidyName(typed)).toBe(name);
  expect(nameFault(name)).toBeNull();
});

it('knows a home by its four layers, and no home by less', () => {
  const { address } = householdOf(
    draft({ address: { community: '柳溪', building: '3号楼', home: '３０１' } }),
  );
  expect(addressKey(address)).toBe('柳溪//3号楼/301');
  expect(addressWords('三组', address)).toBe('三组 · 柳溪 · 3号楼 · 301');
  expect(addressKey(householdOf(draft({ address: { community: '柳溪' } })).address)).toBeNull();
});

it('needs the group for a new household', () => {
  expect(() => householdOf(draft({ group: ' ' }))).toThrow(PersonInvalid);
});

it.each`
  more                                           | field                | because
  ${{ group: '组'.repeat(41) }}                  | ${'group'}           | ${'40 characters are kept'}
  ${{ group: '⑽'.repeat(11) }}                   | ${'group'}           | ${'made tidy, ⑽ is four characters'}
  ${{ householdNumber: '1'.repeat(41) }}         | ${'householdNumber'} | ${'40 characters are kept'}
  ${{ address: { community: '社'.repeat(61) } }} | ${'community'}       | ${'60 characters are kept'}
  ${{ address: { grid: '网'.repeat(61) } }}      | ${'grid'}            | ${'60 characters are kept'}
  ${{ address: { building: '楼'.repeat(61) } }}  | ${'building'}        | ${'60 characters are kept'}
  ${{ address: { home: '房'.repeat(61) } }}      | ${'home'}            | ${'60 characters are kept'}
  ${{ origin: '⑽'.repeat(26) }}                  | ${'origin'}          | ${'100 characters are kept'}
`('is too long for the register in $field: $because', ({ more, field }: { more: object; field: string }) => {
  const read = () => [personOf(draft(more), today), householdOf(draft(more))];
  expect(read).toThrow(PersonInvalid);
  expect(read).toThrow(expect.objectContaining({ field }) as Error);
});

it('takes texts as long as the register keeps', () => {
  const address = { community: '社'.repeat(60), home: '房'.repeat(60) };
  const more = { group: '组'.repeat(40), householdNumber: '1'.repeat(40), address };
  expect(householdOf(draft(more))).toMatchObject({ group: '组'.repeat(40), number: '1'.repeat(40) });
});
