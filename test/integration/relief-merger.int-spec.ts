import { CapsService } from '../../src/funds/index.js';
import { PeopleQueries, PeopleService } from '../../src/people/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { ReliefMergerService, ReliefQueries } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { by, givenRelief, givenReliefGround, openPanel, owedOf } from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { staysSound } from '../support/sound.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const look = (made: GivenRelief) =>
    house.get(ReliefMergerService).lookAtMerger(by(ground, 'reviewer'), {
      ...{ reliefId: made.reliefId, finding: 'MARRIAGE' },
    });

  /** A case of somebody who now lives with somebody else, both of whom had stood in a cap group of their own. */
  async function givenMarried(): Promise<GivenRelief> {
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    const known = await house.get(ReliefQueries).relief(ground.federationId, made.reliefId);
    const home = known.homeSocietyId;
    const { householdId } = await house.get(PeopleQueries).person(home, known.originPersonId);
    const spouse = await house.get(PeopleService).addPerson(callerOf({ societyId: home }), {
      ...{ name: '配偶甲', group: '三组', residence: 'HUKOU', idNumber: null, householdId },
    });
    for (const personId of [known.originPersonId, spouse.personId])
      await house.get(Transactions).run((tx) => house.get(CapsService).groupOf(tx, [`person:${personId}`]));
    return made;
  }

  it('a marriage joins two caps, and somebody looks whether it was one, once', async () => {
    const made = await givenMarried();
    await openPanel(ground, made);
    expect(await owedOf(ground, made)).toContain('LOOK_AT_MERGER');
    await look(made);
    expect(await owedOf(ground, made)).not.toContain('LOOK_AT_MERGER');
    await expect(look(made)).rejects.toMatchObject({ code: 'NO_MERGER_TO_LOOK' });
  });

  it('nobody looks at a family that stands in one group', async () => {
    const made = await givenRelief(ground, { at: 'PANEL' });
    expect(await owedOf(ground, made)).not.toContain('LOOK_AT_MERGER');
    await expect(look(made)).rejects.toMatchObject({ code: 'NO_MERGER_TO_LOOK' });
  });
});
