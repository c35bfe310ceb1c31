import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import * as road from '../support/relief.js';
import {
  applicantIn,
  approve,
  by,
  endNotice,
  givenRelief,
  givenReliefGround,
  hang,
  lettersOf,
  motionOf,
  noticeOf,
  openPanel,
  payAll,
  relief,
  sign,
  stateOf,
  submit,
  vote,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround, ReliefStop } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { idNumber } from '../support/village.js';

/** Whose name stands where: no child's in public, nobody's who does not agree, in full in private letters alone (domain.md 1.5, 1.6). */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const words = async (made: GivenRelief, of: 'RELIEF_PRE' | 'RELIEF_RESULT' = 'RELIEF_PRE') => {
    const found = await noticeOf(ground, made, of);
    if (found.kind !== 'RELIEF_PRE' && found.kind !== 'RELIEF_RESULT') throw new Error('Another notice');
    return found.words;
  };
  const printed = async (made: GivenRelief, of: 'RELIEF_PRE' | 'RELIEF_RESULT' = 'RELIEF_PRE') =>
    JSON.stringify((await noticeOf(ground, made, of)).issue?.content);
  const answer = async (made: GivenRelief, publish: boolean, at: 'federation' | 'home' = 'federation') => {
    const { applicantId } = await relief(ground, made);
    const personId = at === 'home' ? made.personId : applicantId;
    const caller = at === 'home' ? by(made.home, 'clerk') : by(ground, 'clerk');
    const draft = { personId, answers: { PUBLISH: publish }, how: 'PAPER' as const };
    await house.get(PeopleService).giveConsents(caller, draft);
  };

  describe('D4-32 a child', () => {
    const child = async () => {
      const guardianId = await applicantIn(ground, ground.home, { name: '范母亲' });
      return { name: '欧阳小河', guardianId, idNumber: idNumber('20150601') };
    };

    it('D4-32 without a guardian is not taken on', async () => {
      const personId = await applicantIn(ground, ground.home, {
        name: '欧阳小河',
        idNumber: idNumber('20150601'),
      });
      await expect(submit(ground, { personId, card: false })).rejects.toMatchObject({
        code: 'GUARDIAN_REQUIRED',
      });
    });

    it('D4-32 stands in no notice: the guardian does, masked, and that there is a child', async () => {
      const made = await givenRelief(ground, { at: 'NOTICED', applicant: await child() });
      expect(await words(made)).toMatchObject({ person: '范*亲', minors: 1, publishMode: 'MASKED_NAME' });
      const paper = await printed(made);
      expect(paper).toContain('户内未成年人1名');
      expect(paper).toContain('范*亲');
      expect(paper).not.toMatch(/欧阳|范母亲/);
      expect(await motionOf(ground, made)).not.toContain('欧阳小河');
      await approve(ground, made);
      await payAll(ground, made);
      await hang(ground, made, 'RELIEF_RESULT');
      expect(await printed(made, 'RELIEF_RESULT')).not.toMatch(/欧阳|范母亲/);
      const [letter] = await lettersOf(ground, made);
      expect(letter?.to).toBe('范母亲（欧阳小河的监护人）'); // private, to the one who answers
    });
  });

  describe('D4-33 whoever does not agree to be named', () => {
    const refusing = { consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'] } as const;

    it('D4-33 is helped all the same, and published by the number of the case alone', async () => {
      const made = await givenRelief(ground, { ...refusing, at: 'PAID' });
      await hang(ground, made, 'RELIEF_RESULT');
      for (const which of ['RELIEF_PRE', 'RELIEF_RESULT'] as const) {
        expect(await words(made, which)).toMatchObject({
          publishMode: 'NUMBER_ONLY',
          person: '',
          group: '',
          minors: 0,
        });
        const paper = await printed(made, which);
        expect(paper).toContain(`案号${made.number}`);
        expect(paper).not.toMatch(/范|三组/);
      }
    });

    it.each(['federation', 'home'] as const)(
      'D4-33 and says so later, in the register of the %s, is taken out of a draft that nobody has signed',
      async (at) => {
        const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
        expect(await words(made)).toMatchObject({ publishMode: 'MASKED_NAME', person: '范*河' });
        await answer(made, false, at);
        expect(await words(made)).toMatchObject({ publishMode: 'NUMBER_ONLY', person: '' });
        await hang(ground, made, 'RELIEF_PRE');
        expect(await printed(made)).not.toMatch(/范/);
      },
    );

    it.each`
      at              | of                 | because
      ${'ASSESSED'}   | ${'RELIEF_PRE'}    | ${'before the panel'}
      ${'PANEL'}      | ${'RELIEF_PRE'}    | ${'while the board votes'}
      ${'RUNNING'}    | ${'RELIEF_RESULT'} | ${'while the first notice hangs'}
      ${'APPROVED'}   | ${'RELIEF_RESULT'} | ${'before it is paid'}
      ${'PAID'}       | ${'RELIEF_RESULT'} | ${'before anybody has signed the result'}
      ${'REFUND_DUE'} | ${'RELIEF_RESULT'} | ${'while a part is demanded back'}
    `(
      'D4-33 and says so $because, is not named in the next notice, which can be signed',
      async ({ at, of }: { at: ReliefStop; of: 'RELIEF_PRE' | 'RELIEF_RESULT' }) => {
        for (const where of ['federation', 'home'] as const) {
          const made = await givenRelief(ground, { at });
          await answer(made, false, where);
          await onTo(made, of);
          expect(await words(made, of)).toMatchObject({ publishMode: 'NUMBER_ONLY', person: '', group: '' });
          await sign(ground, made, of);
          expect(await printed(made, of)).not.toMatch(/范/);
        }
      },
    );

    it('D4-33 and agrees again, is named again in what nobody has signed', async () => {
      const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
      await answer(made, false);
      await answer(made, true);
      expect(await words(made)).toMatchObject({ publishMode: 'MASKED_NAME', person: '范*河' });
      await sign(ground, made, 'RELIEF_PRE');
    });

    /** On along the road until the notice is there to be signed. */
    async function onTo(made: GivenRelief, of: 'RELIEF_PRE' | 'RELIEF_RESULT'): Promise<void> {
      const at = await stateOf(ground, made);
      if (at === 'ASSESSED') await road.review(ground, made);
      if (at === 'ASSESSED') await openPanel(ground, made);
      if (at === 'ASSESSED' || at === 'PANEL') await vote(ground, made, 'YYYYY');
      if (of === 'RELIEF_PRE') return;
      if (at === 'PRE_NOTICE') await endNotice(ground, made, 'RELIEF_PRE');
      if (at === 'PRE_NOTICE') await approve(ground, made);
      if (at === 'PRE_NOTICE' || at === 'APPROVED') await payAll(ground, made);
    }
  });

  it('masks the applicant in the motion, and shows the whole name in private letters alone', async () => {
    const made = await givenRelief(ground, { at: 'APPROVED', applicant: { name: '欧阳长河' } });
    expect(await motionOf(ground, made)).toContain('欧阳*河');
    expect(await motionOf(ground, made)).not.toContain('欧阳长河');
    const [letter] = await lettersOf(ground, made);
    expect(letter?.to).toBe('欧阳长河');
    const rows: unknown[] = await house.dataSource.query(
      `SELECT r.*, l.* FROM relief_cases r JOIN relief_letters l ON l.relief_id = r.id WHERE r.id = ?`,
      [made.reliefId],
    );
    expect(JSON.stringify(rows)).not.toContain('欧阳'); // sealed in every row of relief
  });
});
