import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isUUID, ValidateBy } from 'class-validator';
import { Choice as OneOf, Many, OptionalText, OptionalUuid, Uuid } from '../platform/web/fields.js';
import { CHOICES } from './domain/board-vote.js';
import type { Ballot, Choice } from './domain/board-vote.js';
import { DECLARED_REASONS } from './domain/electorate.js';
import type { RecusalReason } from './domain/electorate.js';

/** No board is larger; a longer list is no show of hands. */
const MOST_HANDS = 60;

/**
 * The hands of those who came, as JSON: the sheet comes with a photo, so its other fields come as text. The page
 * makes this field from its radio buttons.
 */
function Hands(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      description: 'Of those who came only. In a multipart body: the same list as JSON text.',
      type: 'array',
      maxItems: MOST_HANDS,
      items: {
        type: 'object',
        required: ['directorId', 'choice'],
        properties: { directorId: { type: 'string', format: 'uuid' }, choice: { enum: [...CHOICES] } },
      },
    }),
    Transform(({ value }) => handsIn(value)),
    ValidateBy(
      { name: 'hands', validator: { validate: Array.isArray } },
      { message: '请记下每位到会理事的票' },
    ),
  );
}

/** Who was there, as ticks, as a list, or, beside a photo, as a list in JSON text. */
function Present(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      description: 'Of those who signed the minutes. In a multipart body: the same list as JSON text.',
      type: 'array',
      maxItems: MOST_HANDS,
      items: { type: 'string', format: 'uuid' },
    }),
    Transform(({ value }) => (typeof value === 'string' ? parsed(value) : (value as unknown))),
    ValidateBy({ name: 'present', validator: { validate: isPresent } }, { message: '请勾出到会签字的理事' }),
  );
}

function isPresent(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST_HANDS &&
    value.every((each) => isUUID(each))
  );
}

/** Undefined for anything that is no list of hands. */
function handsIn(value: unknown): Ballot[] | undefined {
  const list = typeof value === 'string' ? parsed(value) : value;
  if (!Array.isArray(list) || list.length > MOST_HANDS) return undefined;
  const hands = list.map(handIn);
  return hands.every((hand) => hand !== null) ? hands : undefined;
}

function handIn(value: unknown): Ballot | null {
  if (typeof value !== 'object' || value === null) return null;
  const { directorId, choice, ...rest } = value as Record<string, unknown>;
  const known = CHOICES.find((each) => each === choice);
  if (!isUUID(directorId) || !known || Object.keys(rest).length > 0) return null;
  return { directorId: directorId as string, choice: known };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What stands on the sign-in sheet; the photo of the sheet comes beside it as the file `sheet`. */
export class ShowOfHandsForm {
  @Uuid('请选谁主持')
  readonly presiderId!: string;

  @Hands()
  readonly hands!: Ballot[];

  @OptionalText({ label: '开会地点', max: 80 })
  readonly place?: string;
}

export class RecusalForm {
  @Uuid('请选是哪位理事')
  readonly directorId!: string;

  @OneOf(DECLARED_REASONS, '请选回避的原因')
  readonly reason!: RecusalReason;
}

/** What all who were there have signed; the photo of the minutes comes beside it as the file `minutes`. */
export class JointMeetingForm {
  @Uuid('请选谁主持')
  readonly presiderId!: string;

  @Present()
  readonly presentIds!: string[];

  @OneOf(['approved', 'rejected'], '请选大家签字的结果')
  readonly outcome!: 'approved' | 'rejected';

  @OptionalText({ label: '开会地点', max: 80 })
  readonly place?: string;
}

/** A ballot of one's own, or, with `directorId`, what the office was told on the phone. */
export class BallotForm {
  @OptionalUuid('请选是哪位理事')
  readonly directorId?: string;

  @OneOf([...CHOICES, 'none'], '请选同意、不同意或弃权')
  readonly choice!: Choice | 'none';

  @OptionalText({ label: '原因', max: 200 })
  readonly why?: string;
}

/** A ballot of one's own, from a page: the choice is the button that was pressed. */
export class OwnBallotForm {
  @OneOf(CHOICES, '请选同意、不同意或弃权')
  readonly choice!: Choice;

  @OptionalText({ label: '原因', max: 200 })
  readonly why?: string;
}

/** One's own recusal, by link: who it is stands in the link. */
export class OwnRecusalForm {
  @OneOf(DECLARED_REASONS, '请选回避的原因')
  readonly reason!: RecusalReason;
}

export class LinksForm {
  @Many('理事', { uuids: true })
  readonly directorIds!: string[];
}
