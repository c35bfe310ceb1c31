import { CasesService, LeadsService } from '../../src/cases/index.js';
import { dormancyOf } from '../../src/cases/domain/dormancy.js';
import { TownDesk } from '../../src/cases/town-desk.reading.js';
import { deskView, homeDeskView } from '../../src/cases/town-desk.views.js';
import { addHours, day, dayOf, startOfDay } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerService } from '../../src/ledger/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;

  /** Founded and endowed on Monday 2026-03-02. */
  beforeEach(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId });
  });
  afterEach(async () => {
    await expectSound(house);
    await house.close();
  });

  const goTo = (text: string, hours = 9) => house.clock.moveTo(addHours(startOfDay(day(text)), hours));
  const alerts = async () => {
    const { actor } = as(village, 'chair');
    return homeDeskView(await house.get(TownDesk).home(actor), actor.roles, house.clock.now()).alerts.join();
  };
  const onDesk = async () => {
    const { societies } = await house.get(TownDesk).desk(as(town, 'secretary').actor);
    return societies.map(({ lastActiveOn }) => dormancyOf(lastActiveOn, dayOf(house.clock.now())));
  };

  it('D4-60 is reminded at nine months and alarmed at eleven, to the day, at home and on the desk of the town', async () => {
    goTo('2026-12-01', 23);
    expect(await alerts()).toBe('');
    expect(await onDesk()).toMatchObject([{ state: 'ACTIVE', lastActiveOn: '2026-03-02' }]);
    goTo('2026-12-02', 0);
    expect(await alerts()).toMatch(/已经满 9 个月没有活动（上次 2026年3月2日）。到 2027年3月2日满一年/);
    expect(await onDesk()).toMatchObject([{ state: 'REMINDER' }]);
    goTo('2027-02-01', 23);
    expect(await onDesk()).toMatchObject([{ state: 'REMINDER' }]);
    goTo('2027-02-02', 0);
    expect(await alerts()).toMatch(/已经满 11 个月没有活动/);
    expect(await onDesk()).toMatchObject([{ state: 'ALARM', yearFullOn: '2027-03-02' }]);
    const desk = deskView(await house.get(TownDesk).desk(as(town, 'chair').actor));
    expect(JSON.stringify(desk.societies)).toContain('满 11 个月没活动，3月2日满一年');
  });

  it.each`
    what           | because
    ${'a case'}    | ${'somebody was taken on'}
    ${'an inflow'} | ${'money came in'}
    ${'a round'}   | ${'the board was asked'}
    ${'a notice'}  | ${'a decision was drawn up for the public'}
  `('D4-60 counts $what: $because', async ({ what }: { what: string }) => {
    const made = what === 'a case' ? null : await givenCase(village, { at: 'VERIFIED' });
    goTo('2026-12-10');
    if (what === 'a case') await givenCase(village, { at: 'ACCEPTED' });
    if (what === 'an inflow')
      await house.get(LedgerService).receive(as(village, 'accountant'), {
        ...{ kind: 'FEE', amountFen: fen(100), receivedOn: day('2026-12-10'), note: '会费' },
      });
    if (what === 'a round' && made)
      await house
        .get(CasesService)
        .openRound(as(village, 'secretary'), { caseId: made.caseId, recusals: [] });
    if (what === 'a notice') await givenCase(village, { at: 'PAID', cause: 'FIRE' });
    expect(await onDesk()).toMatchObject([{ state: 'ACTIVE', lastActiveOn: '2026-12-10' }]);
    expect(await alerts()).not.toContain('没有活动');
  });

  it('D4-60 does not count that somebody heard of a need and did nothing', async () => {
    goTo('2026-12-10');
    const lead = { source: 'VISIT', place: '三组', contact: '老张家', words: null } as const;
    await house.get(LeadsService).recordLead(as(village, 'clerk'), lead);
    expect(await onDesk()).toMatchObject([{ state: 'REMINDER', lastActiveOn: '2026-03-02' }]);
  });

  it('is told to those who answer for the society, not to everybody', async () => {
    goTo('2027-02-02');
    const { actor } = as(village, 'informant');
    const desk = await house.get(TownDesk).home(actor);
    expect(homeDeskView(desk, actor.roles, house.clock.now())).toEqual({ alerts: [], cards: [], link: null });
  });
});
