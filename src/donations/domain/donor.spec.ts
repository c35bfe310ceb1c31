import { DomainError } from '../../kernel/domain-error.js';
import { donorOf, shownName } from './donor.js';
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
