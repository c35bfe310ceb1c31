import { applyDecorators } from '@nestjs/common';
import { ArrayMinSize, IsIn } from 'class-validator';
import { Many, Text } from '../../platform/web/fields.js';
import { WEBHOOK_EVENTS } from '../domain/webhook.js';
import type { WebhookEvent } from '../domain/webhook.js';

const Events = () =>
  applyDecorators(
    Many('要通知的事'),
    ArrayMinSize(1, { message: '请选择要通知的事' }),
    IsIn([...WEBHOOK_EVENTS], { each: true, message: '请选择要通知的事' }),
  );

export class WebhookForm {
  @Text({ label: '通知地址', max: 500 })
  readonly url!: string;

  @Events()
  readonly events!: WebhookEvent[];
}
