import { addHours } from '../../kernel/day.js';

/** What a notice showed that it must not show (domain.md 1.5), or why it may not show it any more. */
export const INCIDENT_KINDS = [
  'FULL_NAME',
  'NUMBER',
  'ILLNESS',
  'CHILD',
  'ADDRESS',
  'CONSENT_WITHDRAWN',
  'OTHER',
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const INCIDENT_WORDS: Readonly<Record<IncidentKind, string>> = {
  FULL_NAME: '写了全名',
  NUMBER: '写了身份证号、电话或银行卡号',
  ILLNESS: '写了病情',
  CHILD: '写了孩子的情况',
  ADDRESS: '写了住址',
  CONSENT_WITHDRAWN: '本人撤回公开的同意',
  OTHER: '其他',
};

/** How it came to light. */
export const NOTICED_WAYS = ['PERSON', 'VILLAGER', 'OWN_CHECK', 'ABOVE', 'OTHER'] as const;
export type NoticedWay = (typeof NOTICED_WAYS)[number];

export const WAY_WORDS: Readonly<Record<NoticedWay, string>> = {
  PERSON: '本人或家属提出',
  VILLAGER: '村民反映',
  OWN_CHECK: '自己检查发现',
  ABOVE: '上级要求',
  OTHER: '其他',
};

/** Whom PIPL art. 57 wants told: that it was done, or why it need not be. */
export const NOTE_KINDS = ['PERSON_TOLD', 'OFFICE_TOLD', 'NO_HARM'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

export const NOTE_WORDS: Readonly<Record<NoteKind, string>> = {
  PERSON_TOLD: '告诉了本人',
  OFFICE_TOLD: '报告了主管部门',
  NO_HARM: '及时撤下、没有造成危害，按规定不用告诉本人',
};

/** A paper that shows too much is off its wall two hours after somebody saw it (domain.md 2.3). */
export const TAKE_DOWN_HOURS = 2;

export function takeDownBy(noticedAt: Date): Date {
  return addHours(noticedAt, TAKE_DOWN_HOURS);
}

/** Days of work until another notice takes its place [P]. */
export const REISSUE_WORKING_DAYS = 3;

/** What has to do with the name is cured by the number of the case; the rest where the register says it rightly. */
export function wantsNumberOnly(kind: IncidentKind): boolean {
  return kind === 'FULL_NAME' || kind === 'CHILD' || kind === 'CONSENT_WITHDRAWN';
}

export type MomentFault = 'future' | 'too-early';

const SLACK_MS = 60_000;

/** Whether something that is only now written down can have been at that moment: not before what it followed. */
export function momentFault(at: Date, notBefore: Date, now: Date): MomentFault | null {
  if (at.getTime() > now.getTime() + SLACK_MS) return 'future';
  return at.getTime() < notBefore.getTime() - SLACK_MS ? 'too-early' : null;
}
