import { addMonths, dormancyOf } from '../../src/cases/domain/dormancy.js';
import { CasesService, LeadsService } from '../../src/cases/index.js';
import { TownDesk } from '../../src/cases/town-desk.reading.js';
import { deskView, homeDeskView } from '../../src/cases/town-desk.views.js';
import { dayShort, dayWords } from '../../src/kernel/chinese/words.js';
import { addDays, addHours, dayOf, startOfDay } from '../../src/kernel/day.js';
import type { Day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerService } from '../../src/ledger/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;
  /** The day of the founding and of the first money. */
  let began: Day;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    began = today();
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const today = () => dayOf(house.clock.now());
  const goTo = (to: Day, hours = 9) => {
    house.clock.moveTo(addHours(startOfDay(to), hours));
  };
  const alerts = async () => {
    const { actor } = as(village, 'chair');
    const desk = await house.get(TownDesk).home(actor);
    return homeDeskView(desk, actor.roles, house.clock.now()).alerts.join();
  };
  const onDesk = async () => {
    const { societies } = await house.get(TownDesk).desk(as(town, 'secretary').actor);
    return societies.map(({ lastActiveOn }) => dormancyOf(lastActiveOn, today()));
  };

  it('D4-60 is reminded at nine months and alarmed at eleven, to the day, at home and on the desk of the town', async () => {
    const [nine, eleven, year] = [addMonths(began, 9), addMonths(began, 11), addMonths(began, 12)];
    goTo(addDays(nine, -1), 23);
    expect(await alerts()).toBe('');
    expect(await onDesk()).toMatchObject([{ state: 'ACTIVE', lastActiveOn: began }]);
    goTo(nine, 0);
    const last = `上次 ${dayWords(began)}）。到 ${dayWords(year)}满一年`;
    expect(await alerts()).toContain(`已经满 9 个月没有活动（${last}`);
    expect(await onDesk()).toMatchObject([{ state: 'REMINDER' }]);
    goTo(addDays(eleven, -1), 23);
    expect(await onDesk()).toMatchObject([{ state: 'REMINDER' }]);
    goTo(eleven, 0);
    expect(await alerts()).toContain(`已经满 11 个月没有活动（${last}`);
    expect(await onDesk()).toMatchObject([{ state: 'ALARM', yearFullOn: year }]);
    const desk = deskView(await house.get(TownDesk).desk(as(town, 'chair').actor));
    expect(JSON.stringify(desk.societies)).toContain(`满 11 个月没活动，${dayShort(year)}满一年`);
  });

  it.each`
    what           | because
    ${'a case'}    | ${'somebody was taken on'}
    ${'an inflow'} | ${'money came in'}
    ${'a round'}   | ${'the board was asked'}
    ${'a notice'}  | ${'a decision was drawn up for the public'}
  `('D4-60 counts $what: $because', async ({ what }: { what: string }) => {
    const made = what === 'a case' ? null : await givenCase(village, { at: 'VERIFIED' });
    goTo(addMonths(began, 10));
    const opening = { caseId: made?.caseId ?? '', recusals: [] };
    const fee = { kind: 'FEE', amountFen: fen(100), receivedOn: today(), note: '会费' } as const;
    if (what === 'a case') await givenCase(village, { at: 'ACCEPTED' });
    if (what === 'an inflow') await house.get(LedgerService).receive(as(village, 'accountant'), fee);
    if (what === 'a round') await house.get(CasesService).openRound(as(village, 'secretary'), opening);
    if (what === 'a notice') await givenCase(village, { at: 'PAID', cause: 'FIRE' });
    expect(await onDesk()).toMatchObject([{ state: 'ACTIVE', lastActiveOn: today() }]);
    expect(await alerts()).not.toContain('没有活动');
  });

  it('D4-60 does not count that somebody heard of a need and did nothing', async () => {
    goTo(addMonths(began, 9));
    const lead = { source: 'VISIT', place: '三组', contact: '老张家', words: null } as const;
    await house.get(LeadsService).recordLead(as(village, 'clerk'), lead);
    expect(await onDesk()).toMatchObject([{ state: 'REMINDER', lastActiveOn: began }]);
  });

  it('is told to those who answer for the society, not to everybody', async () => {
    goTo(addMonths(began, 11));
    const { actor } = as(village, 'informant');
    const desk = await house.get(TownDesk).home(actor);
    expect(homeDeskView(desk, actor.roles, house.clock.now())).toEqual({ alerts: [], cards: [], links: [] });
  });
});
