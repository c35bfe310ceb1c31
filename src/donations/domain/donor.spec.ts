import { DomainError } from '../../kernel/domain-error.js';
import { changedContact, donorOf, shownContact, shownName } from './donor.js';
import type { DonorDraft } from './donor.js';

const PERSON: DonorDraft = {
  kind: 'PERSON',
  group: 'CARING',
  name: '顾大江',
  uscc: null,
  phone: null,
  homePlace: null,
  publishesName: false,
};
const COMPANY: DonorDraft = { ...PERSON, kind: 'COMPANY', name: '演示县柳编厂', uscc: '9144030071526726xg' };

it('keeps names with one space, numbers as they are read, and no company code of a person', () => {
  expect(donorOf({ ...PERSON, name: ' 顾  大江 ', phone: '138 0000 5555', uscc: 'x' })).toMatchObject({
    name: '顾 大江',
    phone: '13800005555',
    uscc: null,
  });
  expect(donorOf(COMPANY).uscc).toBe('9144030071526726XG');
});

it('shows a person masked and a company by its name', () => {
  expect(shownName(PERSON)).toBe('顾*江');
  expect(shownName(COMPANY)).toBe('演示县柳编厂');
});

/** The code of the refusal; null where there is none. */
function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

type Row = { draft: DonorDraft; code: string };
it.each`
  draft                                            | code                     | because
  ${{ ...COMPANY, uscc: null }}                    | ${'USCC_MISSING'}        | ${'a company has a code'}
  ${{ ...COMPANY, uscc: '9144030071526726XH' }}    | ${'USCC_INVALID'}        | ${'its check character is wrong'}
  ${{ ...PERSON, phone: '1380000555' }}            | ${'DONOR_PHONE_INVALID'} | ${'a digit is missing'}
  ${{ ...PERSON, name: '顾大江１３８ 0000 5555' }} | ${'DONOR_NAME_UNFIT'}    | ${'a phone would stand wherever the name may stand'}
`('refuses a donor where $because', ({ draft, code }: Row) => {
  expect(codeOf(() => donorOf(draft))).toBe(code);
});

it('takes a company whose name holds a few digits', () => {
  expect(donorOf({ ...COMPANY, name: '演示县第 103 号柳编厂' }).name).toBe('演示县第 103 号柳编厂');
});

describe('a contact that he changes himself', () => {
  const here = { kind: 'PERSON', phone: '13800005555', homePlace: '柳溪村' } as const;
  const there = { kind: 'PERSON', phone: '13800006666', homePlace: '柳编村' } as const;
  const company = { kind: 'COMPANY', phone: '13800007777', homePlace: '演示县' } as const;
  const now = '13800008888';

  it('is shown as the first record has it that has any', () => {
    expect(shownContact([{ ...here, phone: null }, there])).toEqual({
      phone: there.phone,
      homePlace: '柳溪村',
    });
    expect(shownContact([company, there])).toEqual({ phone: company.phone, homePlace: '柳编村' });
    expect(shownContact([])).toEqual({ phone: null, homePlace: null });
  });

  it.each([
    ['leaves what he did not change', there, { ...here, phone: now }, { phone: now, homePlace: '柳编村' }],
    ['empties what he emptied', there, { ...here, phone: null }, { phone: null, homePlace: '柳编村' }],
    [
      'says of a company not where it comes from',
      company,
      { phone: now, homePlace: '柳东村' },
      { phone: now, homePlace: '演示县' },
    ],
    ['changes nothing where nothing differs', there, here, null],
  ] as const)('%s', (_, record, wanted, becomes) => {
    expect(
      changedContact(record, shownContact([here]), { phone: wanted.phone, homePlace: wanted.homePlace }),
    ).toEqual(becomes);
  });
});
