import { randomUUID } from 'node:crypto';
import { CasesQueries } from '../../src/cases/index.js';
import type { CaseAct, CaseState } from '../../src/cases/domain/emergency-procedure.js';
import { dayOf } from '../../src/kernel/day.js';
import { RecoveriesQueries } from '../../src/payments/index.js';
import type { ApiAnswer, ApiClient } from '../support/clients.js';
import { handsOf, photo } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

/** The case that is acted on, as whoever acts knows it. */
export type Ground = {
  readonly village: Village;
  readonly town: Village;
  readonly made: GivenCase;
  readonly state: CaseState;
  readonly fastPathId: string;
};

/** What somebody with a token sends to do an act: well formed, so that whatever is refused is refused for who or when. */
type Way = (client: ApiClient, ground: Ground) => Promise<ApiAnswer>;

/** A round or an order that the case does not have is one that nobody has. */
const known = (id: string) => id || randomUUID();

async function hands(
  client: ApiClient,
  of: Village,
  roundId: string,
  choice: 'yes' | 'no',
): Promise<ApiAnswer> {
  const fields = { presiderId: of.at.chair.personId, hands: JSON.stringify(handsOf(of, choice)) };
  return client.upload(`/rounds/${known(roundId)}/show-of-hands`, fields, { sheet: await photo() });
}

/** Asks the board, and where that was done, writes down that all said yes. */
async function asked(client: ApiClient, of: Village, path: string, body: object): Promise<ApiAnswer> {
  const opened = await client.post(path, body);
  return opened.status >= 400 ? opened : hands(client, of, String(opened.body['roundId']), 'yes');
}

async function recoveryId({ village, made }: Ground): Promise<string> {
  return (await village.house.get(RecoveriesQueries).ofSubject('case', made.caseId))?.id ?? randomUUID();
}

const signature =
  (answer: 'yes' | 'no'): Way =>
  (client, { fastPathId }) =>
    client.post(`/fast-paths/${known(fastPathId)}/signatures`, { answer });

/** By the API, one way for each act of the table that anybody does. */
export const WAYS: Readonly<Record<Exclude<CaseAct, 'register' | 'lapseAgain' | 'close'>, Way>> = {
  verify: (client, { village, made }) =>
    client.post(`/cases/${made.caseId}/visits`, {
      visitors: village.visitors,
      visitedOn: dayOf(village.house.clock.now()),
    }),
  openRound: (client, { made }) => client.post(`/cases/${made.caseId}/rounds`, { recusals: [] }),
  approve: (client, { village, made }) => hands(client, village, made.roundId, 'yes'),
  reject: (client, { village, made }) => hands(client, village, made.roundId, 'no'),
  /** Before its time a round is not ended by anybody whose ballots are missing. */
  lapse: (client, { made }) => client.post(`/rounds/${known(made.roundId)}/closing`, {}),
  escalate: async (client, { village, made, state }) => {
    if (state !== 'VOTING') return client.post(`/cases/${made.caseId}/escalation`, { reason: 'NO_BOARD' });
    for (const post of ['fourth', 'fifth'] as const) {
      const stood = await stand(post);
      if (stood.status >= 400) return stood;
    }
    return stand('third');

    function stand(post: 'third' | 'fourth' | 'fifth'): Promise<ApiAnswer> {
      const recusal = { directorId: village.at[post].personId, reason: 'CREDITOR' };
      return client.post(`/rounds/${known(made.roundId)}/recusals`, recusal);
    }
  },
  askReview: (client, { made }) => client.post(`/cases/${made.caseId}/review`, {}),
  openFastPath: (client, { made }) => client.post(`/cases/${made.caseId}/fast-path`, { risk: 'LIFE' }),
  approveFast: signature('yes'),
  stopFast: signature('no'),
  amend: async (client, { village, made }) => {
    const row = await village.house.get(CasesQueries).case(village.societyId, made.caseId);
    return client.post(`/cases/${made.caseId}/amendments`, {
      ...{ amountFen: row.amountFen + 1, cause: row.cause, method: row.method, reason: 'NEED_CHANGED' },
      ...{ payeeRelation: row.payeeRelation, payeeId: row.payeeId, payeeAccountId: row.payeeAccountId },
    });
  },
  withdraw: (client, { made }) => client.post(`/cases/${made.caseId}/withdrawal`, { reason: 'OWN_WISH' }),
  terminate: (client, { made }) => client.post(`/cases/${made.caseId}/termination`, { reason: 'DEATH' }),
  refer: (client, { made }) => client.post(`/cases/${made.caseId}/referral`, { office: 'HOUSING' }),
  pay: async (client, { made }) =>
    client.upload(`/payments/${known(made.orderId)}/transfer`, {}, { photo: await photo() }),
  payBack: async (client, { made }) =>
    client.upload(
      `/payments/${known(made.orderId)}/return`,
      { reason: 'BANK_REFUSED' },
      { photo: await photo() },
    ),
  revoke: (client, { village, made }) =>
    asked(client, village, `/cases/${made.caseId}/revocations`, {
      ...{ reason: 'FALSE_FACTS', hearing: 'HEARD', recusals: [] },
    }),
  recover: async (client, ground) =>
    client.upload(
      `/recoveries/${await recoveryId(ground)}/instalments`,
      { amountFen: String(ground.made.amountFen) },
      { photo: await photo() },
    ),
  writeOff: async (client, ground) =>
    asked(client, ground.town, `/recoveries/${await recoveryId(ground)}/write-off`, {
      ...{ reason: 'NO_MEANS', recusals: [] },
    }),
};
