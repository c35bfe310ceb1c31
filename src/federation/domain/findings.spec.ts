import { fen } from '../../kernel/fen.js';
import {
  FINDING_KINDS,
  FINDING_REASON_KEYS,
  FINDING_REASONS,
  finderRoleOf,
  findingsNeeded,
  refusalOf,
  seesVoices,
  standingOf,
} from './findings.js';
import type { FindingKind, Standing, Voice } from './findings.js';

const LETTERS: Readonly<Record<string, FindingKind>> = { o: 'IN_ORDER', r: 'RECTIFY', x: 'REVOKE' };

/** “ox” are two reviewers, one for in order, one for a revocation; a capital letter is the supervisor. */
const voicesOf = (said: string): Voice[] =>
  Array.from(said, (letter, i) => ({
    kind: LETTERS[letter.toLowerCase()] ?? 'IN_ORDER',
    reviewerId: `person-${i + 1}`,
    asRole: letter === letter.toUpperCase() ? 'supervisor' : 'reviewer',
  }));

it.each`
  said     | needed | standing                                 | because
  ${''}    | ${1}   | ${{ state: 'WAITING' }}                  | ${'nobody has looked'}
  ${'o'}   | ${1}   | ${{ state: 'COUNTS', kind: 'IN_ORDER' }} | ${'one is enough for a small grant'}
  ${'x'}   | ${1}   | ${{ state: 'COUNTS', kind: 'REVOKE' }}   | ${'whatever the one finds'}
  ${'o'}   | ${2}   | ${{ state: 'SECOND' }}                   | ${'a second pair of eyes is another’s'}
  ${'oo'}  | ${2}   | ${{ state: 'COUNTS', kind: 'IN_ORDER' }} | ${'two say the same'}
  ${'xx'}  | ${2}   | ${{ state: 'COUNTS', kind: 'REVOKE' }}   | ${'a revocation wants two alike'}
  ${'or'}  | ${2}   | ${{ state: 'SPLIT' }}                    | ${'two see it differently'}
  ${'oro'} | ${2}   | ${{ state: 'COUNTS', kind: 'IN_ORDER' }} | ${'the third joins the first'}
  ${'orx'} | ${2}   | ${{ state: 'SPLIT' }}                    | ${'three ways are still split'}
  ${'orX'} | ${2}   | ${{ state: 'COUNTS', kind: 'REVOKE' }}   | ${'the supervisor settles it alone'}
`('“$said” of $needed: $standing.state, $because', ({ said, needed, standing }: Row) => {
  expect(standingOf(voicesOf(said), needed)).toEqual(standing);
});
type Row = { said: string; needed: 1 | 2; standing: Standing };

it.each`
  said    | personId      | asRole          | refusal          | because
  ${''}   | ${'person-9'} | ${'reviewer'}   | ${null}          | ${'anybody may be first'}
  ${'o'}  | ${'person-1'} | ${'reviewer'}   | ${'TWICE'}       | ${'two are two people'}
  ${'o'}  | ${'person-9'} | ${'reviewer'}   | ${null}          | ${'another may be second'}
  ${'or'} | ${'person-9'} | ${'supervisor'} | ${null}          | ${'what is split comes to the supervisor'}
  ${'o'}  | ${'person-9'} | ${'supervisor'} | ${'ONLY_SPLITS'} | ${'who watches does not review'}
  ${''}   | ${'person-9'} | ${'supervisor'} | ${'ONLY_SPLITS'} | ${'nor begins'}
`('after “$said” $personId as $asRole: $refusal, $because', ({ said, personId, asRole, refusal }: Asked) => {
  expect(refusalOf(voicesOf(said), 2, { personId, asRole })).toBe(refusal);
});
type Asked = { said: string; personId: string; asRole: 'reviewer' | 'supervisor'; refusal: string | null };

it('wants two people from 2,000 yuan on, and not one fen earlier', () => {
  expect([findingsNeeded(fen(199_999)), findingsNeeded(fen(200_000))]).toEqual([1, 2]);
});

it('hides what the first found from whoever has still to look', () => {
  const voices = voicesOf('o');
  const standing = standingOf(voices, 2);
  expect(seesVoices(voices, standing, 'person-2')).toBe(false);
  expect(seesVoices(voices, standing, 'person-1')).toBe(true);
  expect(seesVoices(voicesOf('or'), standingOf(voicesOf('or'), 2), 'person-9')).toBe(true);
});

it('has reasons for every finding, and keys that fit their column', () => {
  const kinds = new Set(FINDING_REASON_KEYS.map((key) => FINDING_REASONS[key].kind));
  expect([...kinds].sort()).toEqual([...FINDING_KINDS].sort());
  expect(FINDING_REASON_KEYS.filter((key) => key.length > 12)).toEqual([]);
});

it('takes a reviewer for one, whatever else they are', () => {
  expect(finderRoleOf(['supervisor', 'reviewer'])).toBe('reviewer');
  expect(finderRoleOf(['secretary'])).toBeNull();
});
