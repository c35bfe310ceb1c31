import { DomainError } from '../../kernel/domain-error.js';
import { CAUSE_WORDS } from '../../kernel/causes.js';
import { UNRESTRICTED } from '../../ledger/domain/funds.js';
import type { Purse } from '../../ledger/domain/funds.js';
import { PURPOSES, purseOf } from './gift.js';
import type { Intent } from './gift.js';

const POOL = { fund: '救急难池', restriction: UNRESTRICTED };
const FUND = { fund: '安心纾困', restriction: UNRESTRICTED };
const PROJECT = { fund: '一米阳光', restriction: '惠民医保' };
const UNCLAIMED = { fund: '待认领来款', restriction: UNRESTRICTED };

/** The code of the refusal; null where there is none. */
function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

type Row = { intent: Intent; purpose: string | null; purse: Purse | null; into: Purse; code: string };

it.each`
  intent            | purpose     | purse      | into
  ${'UNRESTRICTED'} | ${null}     | ${null}    | ${POOL}
  ${'SOCIETY'}      | ${null}     | ${null}    | ${POOL}
  ${'PURPOSE'}      | ${' 火灾 '} | ${null}    | ${{ fund: '救急难池', restriction: '火灾' }}
  ${'FUND'}         | ${null}     | ${FUND}    | ${FUND}
  ${'PROJECT'}      | ${null}     | ${PROJECT} | ${PROJECT}
`(
  'keeps what was given as $intent in the purse of the donor’s words',
  ({ intent, purpose, purse, into }: Row) => {
    expect(purseOf({ intent, purpose, purse })).toEqual(into);
  },
);

it.each`
  intent       | purpose         | purse        | code                | because
  ${'PURPOSE'} | ${null}         | ${null}      | ${'INTENT_UNCLEAR'} | ${'no purpose is named'}
  ${'PURPOSE'} | ${'  '}         | ${null}      | ${'INTENT_UNCLEAR'} | ${'blanks are no purpose'}
  ${'PURPOSE'} | ${'none'}       | ${null}      | ${'PURPOSE_UNFIT'}  | ${'it would be the purse of all money'}
  ${'PURPOSE'} | ${'给某人治病'} | ${null}      | ${'PURPOSE_UNFIT'}  | ${'a sentence about somebody would stand in public'}
  ${'FUND'}    | ${null}         | ${null}      | ${'INTENT_UNCLEAR'} | ${'no fund is chosen'}
  ${'FUND'}    | ${null}         | ${PROJECT}   | ${'INTENT_UNCLEAR'} | ${'a project is no fund'}
  ${'FUND'}    | ${null}         | ${POOL}      | ${'INTENT_UNCLEAR'} | ${'the pool is no fund to choose'}
  ${'FUND'}    | ${null}         | ${UNCLAIMED} | ${'INTENT_UNCLEAR'} | ${'nothing is given into money of unknown givers'}
  ${'PROJECT'} | ${null}         | ${FUND}      | ${'INTENT_UNCLEAR'} | ${'a fund is no project'}
`('refuses $intent where $because', ({ intent, purpose, purse, code }: Row) => {
  expect(codeOf(() => purseOf({ intent, purpose, purse }))).toBe(code);
});

it('knows as purposes the kinds of event of the cases, so that each can be paid from', () => {
  expect(PURPOSES).toEqual(Object.values(CAUSE_WORDS));
});
