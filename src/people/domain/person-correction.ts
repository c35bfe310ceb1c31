import { nameFault, tidyName } from './person-draft.js';
import {
  CorrectionOfOneself,
  CorrectionUnfit,
  NeedsSecondPerson,
  NothingCorrected,
} from './person-correction.errors.js';

export const CORRECTED_FIELDS = ['NAME', 'GROUP'] as const;
/** What of the register is put right here: a person's name, or the village group of the household. */
export type CorrectedField = (typeof CORRECTED_FIELDS)[number];

export const FIELD_WORDS: Readonly<Record<CorrectedField, string>> = { NAME: '姓名', GROUP: '村民小组' };

export const CORRECTION_STATES = ['WAITING', 'CONFIRMED', 'DECLINED'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

export const CORRECTION_WORDS: Readonly<Record<CorrectionState, string>> = {
  WAITING: '等第二个人确认',
  CONFIRMED: '已经更正',
  DECLINED: '没有同意',
};

/** What the register shall say, and why. Names may stand in it: it is sealed. */
export type CorrectionContent = { readonly before: string; readonly after: string; readonly reason: string };

const LONGEST_GROUP = 40;

/** The new value as the register writes it, or why it cannot be. `before` is what stands there now. */
export function correctedValue(field: CorrectedField, before: string, typed: string): string {
  const after = field === 'NAME' ? tidyName(typed) : typed.normalize('NFKC').trim().replace(/\s+/gu, ' ');
  const fault = field === 'NAME' ? nameFault(after) : groupFault(after);
  if (fault !== null) throw new CorrectionUnfit(fault);
  if (after === before) throw new NothingCorrected();
  return after;
}

function groupFault(group: string): string | null {
  if (group === '') return '请填写村民小组，如 三组';
  return group.length > LONGEST_GROUP ? `村民小组最多 ${LONGEST_GROUP} 个字` : null;
}

/** Why the copy of a person in another register was put right. */
export const FOLLOWED = '随村社名册一起更正';

type Said = { readonly before: string; readonly after: string };

/** What a copy that is called as the home called the person is called from now on; null where it says otherwise. */
export const nameLike = (name: string, { before, after }: Said): Said | null =>
  name === before ? { before, after } : null;

/**
 * The same of a group, before which another register writes the village: 柳溪村三组. `places` is all that the village was
 * ever called. Whole, since 十三组 ends like 三组.
 */
export function placedGroup(
  group: string,
  { before, after }: Said,
  places: readonly string[],
): string | null {
  const place = ['', ...places].find((each) => group === `${each}${before}`);
  return place === undefined ? null : `${place}${after}`;
}

export function groupLike(group: string, said: Said, places: readonly string[]): Said | null {
  const after = placedGroup(group, said, places);
  return after === null || after.length > LONGEST_GROUP ? null : { before: group, after };
}

type Hands = { readonly personId: string | null; readonly accountId: string | null };
type Proposed = {
  readonly personId: string;
  readonly proposedBy: string | null;
  readonly proposedByAccount: string | null;
};

/**
 * Two people put a name right: who proposed it does not confirm it (architecture.md 5, maker ≠ checker), under whichever
 * account; and nobody confirms what is about himself.
 */
export function refuseSameHands({ personId, proposedBy, proposedByAccount }: Proposed, by: Hands): void {
  const isProposer =
    (by.personId !== null && by.personId === proposedBy) ||
    (by.accountId !== null && by.accountId === proposedByAccount);
  if (isProposer) throw new NeedsSecondPerson();
  if (by.personId === personId) throw new CorrectionOfOneself();
}
