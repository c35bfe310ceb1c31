import { MessagesQueries, MessagesSender } from '../../src/messages/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { mobile, TextOperator } from '../support/operator.js';
import { givenRelief, givenReliefGround, submit } from '../support/relief.js';
import type { ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;
  let operator: TextOperator;

  beforeAll(async () => {
    operator = await TextOperator.open();
    house = await givenHouse(kind, undefined, { settings: operator.settings });
    ground = await givenReliefGround(house);
  });
  afterAll(() => expectSound(house));
  afterAll(async () => {
    await house.close();
    operator.close();
  });

  const send = () => house.get(MessagesSender).sendDue(house.clock.now());

  it('tells an applicant that the application is in, for his own society', async () => {
    const phone = mobile();
    const { home } = await submit(ground, { applicant: { phone } });
    await send();
    expect(operator.textsTo(phone)).toEqual([expect.stringMatching(/^您的申请已于3月2日登记受理/)]);
    expect(await house.get(MessagesQueries).list(home.societyId, {})).toMatchObject([
      { event: 'case.accepted', state: 'SENT' },
    ]);
  });

  it('tells nobody of an application that was refused', async () => {
    const phone = mobile();
    await expect(submit(ground, { applicant: { phone }, invoices: [] })).rejects.toMatchObject({
      kind: 'invalid',
    });
    await send();
    expect(operator.textsTo(phone)).toEqual([]);
  });

  it('tells a family what the fund paid, by the number that came along', async () => {
    const phone = mobile();
    await givenRelief(ground, { at: 'PAID', applicant: { phone } });
    expect(await send()).toBe(0); // it is midnight
    house.clock.advance({ hours: 8 });
    await send();
    const paid = operator.textsTo(phone).filter((text) => text.startsWith('您的款项'));
    expect(paid).toEqual([
      expect.stringMatching(/^您的款项231480\.00元已于\d+月\d+日转出，收款账户尾号\d{4}。/),
    ]);
  });
});
