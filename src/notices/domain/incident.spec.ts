import { INCIDENT_KINDS, momentFault, takeDownBy, wantsNumberOnly } from './incident.js';

const at = (text: string) => new Date(`2026-03-10T${text}+08:00`);

it.each`
  moment        | fault          | because
  ${'09:00:00'} | ${null}        | ${'the very moment of the signature'}
  ${'08:59:00'} | ${null}        | ${'a minute is forgiven'}
  ${'08:58:59'} | ${'too-early'} | ${'there was no notice yet'}
  ${'12:00:00'} | ${null}        | ${'now'}
  ${'12:01:00'} | ${null}        | ${'a minute is forgiven'}
  ${'12:01:01'} | ${'future'}    | ${'nobody has seen it yet'}
`('at $moment: $fault, $because', ({ moment, fault }: { moment: string; fault: string | null }) => {
  expect(momentFault(at(moment), at('09:00:00'), at('12:00:00'))).toBe(fault);
});

it('is off the wall two hours after somebody saw it, not after somebody wrote it down', () => {
  expect(takeDownBy(at('09:00:00'))).toEqual(at('11:00:00'));
});

it('goes back to the number of the case where a name was the matter', () => {
  expect(INCIDENT_KINDS.filter(wantsNumberOnly)).toEqual(['FULL_NAME', 'CHILD', 'CONSENT_WITHDRAWN']);
});
