import { BreachesService } from '../../src/breaches/index.js';
import { FastPathQueries } from '../../src/cases/fast-path.queries.js';
import { CasesQueries } from '../../src/cases/index.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { givenUntrue, hear, propose, termOf } from '../support/breaches.js';
import { kinds } from '../support/databases.js';
import { openFast, signFast } from '../support/fast-path.js';
import type { GivenFastPath } from '../support/fast-path.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

/** A flag that is confirmed after the opening of a fast path stops it as one that stood before: the last signature asks again. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const confirm = (breachId: string, post: Post = 'chair') =>
    house.get(BreachesService).confirm(as(village, post), { breachId });
  const everything = async ({ caseId }: GivenFastPath) => ({
    row: await house.get(CasesQueries).case(village.societyId, caseId),
    path: await house.get(FastPathQueries).latest(caseId),
    fund: await house.get(LedgerQueries).fund(village.societyId),
  });
  const opened = async (applicantId?: string): Promise<GivenFastPath> => {
    const wanted = { ...(applicantId === undefined ? {} : { applicantId }), cause: 'FIRE' } as const;
    const made = await givenCase(village, { ...wanted, at: 'VERIFIED', amountFen: 50_000 });
    return { ...made, ...(await openFast(village, made)) };
  };
  /** A fast path that waits for its last yes, and a flag of its applicant that waits for its second person. */
  const waiting = async () => {
    const { applicantId, groundId } = await givenUntrue(village);
    const { breachId } = await propose(village, groundId);
    await hear(village, breachId);
    const made = await opened(applicantId);
    await signFast(village, made, 'chair');
    return { made, breachId };
  };

  it('of the applicant: the last yes is refused in plain words, and nothing is changed; a no is heard', async () => {
    const { made, breachId } = await waiting();
    await confirm(breachId);
    const before = await everything(made);
    await expect(signFast(village, made, 'supervisor')).rejects.toMatchObject({
      code: 'FAST_PATH_FLAGGED',
      message: expect.stringContaining('有一条失信标记') as string,
      advice: expect.stringContaining('请大家表决') as string,
    });
    expect(await everything(made)).toEqual(before);
    expect(before.path).toMatchObject({ state: 'OPEN', supervisorSaid: null });
    await signFast(village, made, 'supervisor', 'no');
    const after = await everything(made);
    expect([after.row.state, after.path?.state]).toEqual(['VERIFIED', 'STOPPED']);
  });

  it('of one of the three: the office is named', async () => {
    const made = await opened();
    const { breachId } = await propose(village, await termOf(village, 'supervisor'), 'chair');
    await hear(village, breachId);
    await confirm(breachId, 'deputy');
    await signFast(village, made, 'chair');
    const before = await everything(made);
    await expect(signFast(village, made, 'supervisor')).rejects.toMatchObject({
      code: 'FAST_PATH_SIGNER_FLAGGED',
      message: expect.stringContaining('现任监事') as string,
    });
    expect(await everything(made)).toEqual(before);
  });

  it('control: one that is proposed and not confirmed, and one that was lifted, stop nothing', async () => {
    const { made } = await waiting();
    await signFast(village, made, 'supervisor');
    expect((await everything(made)).row.state).toBe('APPROVED');
    const again = await waiting();
    await confirm(again.breachId);
    const lifted = { breachId: again.breachId, words: '已经改正' };
    await house.get(BreachesService).lift(as(village, 'supervisor'), lifted);
    await signFast(village, again.made, 'supervisor');
    expect((await everything(again.made)).row.state).toBe('APPROVED');
  });

  it('is refused to ten who press at once after it was confirmed', async () => {
    const { made, breachId } = await waiting();
    await confirm(breachId);
    const before = await everything(made);
    const presses = Array.from({ length: 10 }, () => signFast(village, made, 'supervisor'));
    const codes = (await Promise.allSettled(presses)).map((each) =>
      each.status === 'rejected' ? (each.reason as { code?: string }).code : 'signed',
    );
    expect(codes).toEqual(Array.from({ length: 10 }, () => 'FAST_PATH_FLAGGED'));
    expect(await everything(made)).toEqual(before);
  });

  it('confirmed at the moment of the last yes, comes before it or after it, and never half', async () => {
    const { made, breachId } = await waiting();
    const before = await everything(made);
    const presses = Array.from({ length: 10 }, () => signFast(village, made, 'supervisor'));
    const [confirmed, ...signed] = await Promise.allSettled([confirm(breachId), ...presses]);
    expect(confirmed.status).toBe('fulfilled');
    const { path, row, fund } = await everything(made);
    const done = signed.filter(({ status }) => status === 'fulfilled');
    if (done.length === 0) {
      expect({ path, fund }).toEqual({ path: before.path, fund: before.fund });
      expect(row.state).toBe('SIGNING');
      await expect(signFast(village, made, 'supervisor')).rejects.toMatchObject({
        code: 'FAST_PATH_FLAGGED',
      });
    } else {
      expect(done).toHaveLength(1);
      expect([row.state, path?.state]).toEqual(['APPROVED', 'APPROVED']);
    }
  });
});
