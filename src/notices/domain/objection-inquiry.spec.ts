import type { Role } from '../../kernel/actor.js';
import { assignersOf, inquirerFault, pairFault } from './objection-inquiry.js';
import type { InquirerFault, OfficeHolder } from './objection-inquiry.js';

const KIN = '与申请人是亲属。';

const holder = (societyId: string, [role, free]: readonly [Role, boolean], i: number): OfficeHolder => ({
  societyId,
  personId: `${societyId}-${role}-${i}`,
  roles: [role],
  veto: free ? null : KIN,
});

type Posts = readonly (readonly [Role, boolean])[];
type Row = {
  readonly own: Posts;
  readonly above: Posts;
  readonly by: string;
  readonly ids: readonly string[];
};

it.each`
  own                                              | above                     | by                  | ids                     | because
  ${[['supervisor', true], ['chair', true]]}       | ${[]}                     | ${'own/supervisor'} | ${['own-supervisor-0']} | ${'supervising is the office for it'}
  ${[['supervisor', false], ['supervisor', true]]} | ${[]}                     | ${'own/supervisor'} | ${['own-supervisor-1']} | ${'another supervisor is free'}
  ${[['supervisor', false], ['chair', true]]}      | ${[['supervisor', true]]} | ${'own/chair'}      | ${['own-chair-1']}      | ${'the supervisor is tied'}
  ${[['chair', false], ['deputy', true]]}          | ${[]}                     | ${'own/deputy'}     | ${['own-deputy-1']}     | ${'no supervisor, the chair is tied'}
  ${[['supervisor', false], ['secretary', true]]}  | ${[['chair', true]]}      | ${'town/chair'}     | ${['town-chair-0']}     | ${'nobody of the society is free'}
  ${[['secretary', true]]}                         | ${[]}                     | ${'own/supervisor'} | ${[]}                   | ${'it stays, and runs out'}
`('$by: $because', ({ own, above, by, ids }: Row) => {
  const assigners = assignersOf(
    'own',
    own.map((post, i) => holder('own', post, i)),
    above.map((post, i) => holder('town', post, i)),
  );
  expect(`${assigners.societyId}/${assigners.role}`).toBe(by);
  expect(assigners.personIds).toEqual(ids);
});

const MATTER = { authorPersonId: 'author', signedBy: 'signer', objectors: ['欧阳 暮秋', '李四'] };

it.each`
  personId    | name          | veto    | fault             | because
  ${'other'}  | ${'王五'}     | ${null} | ${null}           | ${'outside the case'}
  ${'author'} | ${'王五'}     | ${null} | ${'author'}       | ${'he wrote it'}
  ${'signer'} | ${'王五'}     | ${null} | ${'signer'}       | ${'she signed it'}
  ${'other'}  | ${'李四'}     | ${null} | ${'objector'}     | ${'he brought it up'}
  ${'other'}  | ${'欧阳暮秋'} | ${null} | ${'objector'}     | ${'a blank makes nobody else'}
  ${'other'}  | ${'王五'}     | ${KIN}  | ${{ words: KIN }} | ${'tied to whom it is about'}
`('$name ($personId): $fault, $because', ({ personId, name, veto, fault }: Candidate) => {
  expect(inquirerFault({ societyId: 'own', personId, name, veto }, MATTER)).toEqual(fault);
});
type Candidate = {
  readonly personId: string;
  readonly name: string;
  readonly veto: string | null;
  readonly fault: InquirerFault | null;
};

const CANDIDATES = [
  { personId: 'a', fault: null },
  { personId: 'b', fault: null },
  { personId: 'c', fault: 'signer' },
] as const;

it.each`
  chosen             | tied     | fault              | because
  ${['a', 'b']}      | ${false} | ${null}            | ${'two who are free'}
  ${['a']}           | ${false} | ${'not-two'}       | ${'nobody would confirm'}
  ${['a', 'a']}      | ${false} | ${'not-two'}       | ${'one person is not two'}
  ${['a', 'b', 'c']} | ${false} | ${'not-two'}       | ${'three are no two'}
  ${['a', 'x']}      | ${false} | ${'unknown'}       | ${'holds no office'}
  ${['a', 'c']}      | ${false} | ${'not-free'}      | ${'signed it'}
  ${['a', 'b']}      | ${true}  | ${'one-household'} | ${'one voice in two bodies'}
`('$chosen, tied $tied: $fault, $because', ({ chosen, tied, fault }: Pair) => {
  expect(pairFault(chosen, CANDIDATES, tied)).toBe(fault);
});
type Pair = { readonly chosen: readonly string[]; readonly tied: boolean; readonly fault: string | null };
