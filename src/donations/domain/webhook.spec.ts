import { Webhook } from 'standardwebhooks';
import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { nextTryAt, outcomeOf, readWebhookUrl, RETRY_AFTER_MS, webhookBody } from './webhook.js';

it.each`
  typed                                | plain    | read                           | because
  ${'https://example.org/hooks'}       | ${false} | ${'https://example.org/hooks'} | ${'https'}
  ${' https://example.org/a#b '}       | ${false} | ${'https://example.org/a'}     | ${'what the server does not see is left out'}
  ${'http://example.org/hooks'}        | ${false} | ${null}                        | ${'everybody on the way could read it'}
  ${'http://127.0.0.1:4000/'}          | ${true}  | ${'http://127.0.0.1:4000/'}    | ${'a test says so'}
  ${'ftp://example.org/'}              | ${true}  | ${null}                        | ${'no web'}
  ${'https://me:secret@example.org'}   | ${false} | ${null}                        | ${'a password would stand in logs'}
  ${'example.org'}                     | ${false} | ${null}                        | ${'no address'}
  ${`https://a.cn/${'x'.repeat(500)}`} | ${false} | ${null}                        | ${'longer than is kept'}
`(
  'reads $typed as $read: $because',
  ({ typed, plain, read }: { typed: string; plain: boolean; read: string | null }) => {
    const reading = () => readWebhookUrl(typed, { allowsPlain: plain });
    if (read === null)
      expect(reading).toThrow(expect.objectContaining({ code: 'WEBHOOK_URL_REFUSED' }) as Error);
    else expect(reading()).toBe(read);
  },
);

it('waits longer after each try that failed, and gives up after the last', () => {
  const at = new Date('2026-03-02T01:00:00Z');
  const waits = RETRY_AFTER_MS.map((_, i) => (nextTryAt(i + 1, at)?.getTime() ?? 0) - at.getTime());
  expect(waits).toEqual([...RETRY_AFTER_MS]);
  expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  expect(nextTryAt(RETRY_AFTER_MS.length + 1, at)).toBeNull();
});

it.each`
  status  | outcome    | because
  ${200}  | ${'taken'} | ${'well'}
  ${204}  | ${'taken'} | ${'well, and nothing to say'}
  ${301}  | ${'again'} | ${'no redirect is followed'}
  ${410}  | ${'gone'}  | ${'nobody is there any more'}
  ${500}  | ${'again'} | ${'they are ill'}
  ${null} | ${'again'} | ${'nobody answered'}
`('takes $status as $outcome: $because', ({ status, outcome }: Record<'status' | 'outcome', never>) => {
  expect(outcomeOf(status)).toBe(outcome);
});

it('says nothing of a person', () => {
  const body = webhookBody('gift.used', new Date('2026-03-02T01:00:00Z'), {
    ...{ giftId: 'g', form: 'MONEY', receiptState: 'ISSUED', amountFen: fen(60_000), day: day('2026-03-02') },
    ...{ fund: '救急难池', restriction: 'none', kind: 'PAID' },
  });
  expect(JSON.parse(body)).toEqual({
    type: 'gift.used',
    timestamp: '2026-03-02T01:00:00.000Z',
    data: {
      ...{ giftId: 'g', form: 'MONEY', receiptState: 'ISSUED', amountFen: 60_000, day: '2026-03-02' },
      ...{ purse: { fund: '救急难池', restriction: null }, kind: 'PAID' },
    },
  });
});

it('signs as Standard Webhooks has it: the vector of its specification', () => {
  const signed = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').sign(
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    new Date(1614265330 * 1000),
    '{"test": 2432232314}',
  );
  expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
