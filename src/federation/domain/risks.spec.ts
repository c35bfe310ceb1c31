import { riskOf, SIGNS, signWords } from './risks.js';
import type { RiskLevel, Sign } from './risks.js';

it.each`
  signs                                             | risk      | because
  ${[]}                                             | ${'NONE'} | ${'nothing speaks for it'}
  ${['FAST_PATH']}                                  | ${'SOME'} | ${'one light sign'}
  ${['FAST_PATH', 'PAPERS_LATE']}                   | ${'SOME'} | ${'two light ones'}
  ${['FAST_PATH', 'PAPERS_LATE', 'PAYEE_NOT_SELF']} | ${'HIGH'} | ${'three light ones'}
  ${['MATCH_OPEN']}                                 | ${'HIGH'} | ${'a heavy one alone'}
  ${['CARD_ELSEWHERE', 'AGAIN_THIS_YEAR']}          | ${'HIGH'} | ${'a heavy one and a light one'}
`('$signs: $risk, $because', ({ signs, risk }: { signs: Sign[]; risk: RiskLevel }) => {
  expect(riskOf(signs)).toBe(risk);
});

it('says each of them in words, and which time it is', () => {
  for (const sign of SIGNS) expect(signWords(sign, 2)).not.toBe('');
  expect(signWords('AGAIN_THIS_YEAR', 3)).toBe('同一户今年第 3 次');
});
