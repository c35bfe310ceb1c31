import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.js';
import type { Config } from '../config.js';
import { AliyunDriver } from './aliyun.driver.js';
import { FileDriver, FileGroupDriver } from './file.driver.js';
import { LogDriver, LogGroupDriver } from './log.driver.js';
import type { GroupDriver, MessageDriver } from './message-driver.js';
import { TencentDriver } from './tencent.driver.js';
import { WecomDriver } from './wecom.driver.js';

/** Where the file driver writes. */
export function filedMessages(dataDir: string): string {
  return join(dataDir, 'messages', 'sent.jsonl');
}

/** The driver that the settings name. */
export function messageDriverOf({ messages, production, dataDir }: Config, clock: Clock): MessageDriver {
  switch (messages.driver) {
    case 'log':
      return new LogDriver(production);
    case 'file':
      return new FileDriver(filedMessages(dataDir));
    case 'aliyun':
      return new AliyunDriver(messages, clock);
    case 'tencent':
      return new TencentDriver(messages, clock);
  }
}

/** The robot of a group where one is named; otherwise whatever texts to phones take, if that sends nothing anyway. */
export function groupDriverOf({ messages, dataDir }: Config): GroupDriver {
  if (messages.groupRobot) return new WecomDriver(messages.groupRobot);
  return messages.driver === 'file' ? new FileGroupDriver(filedMessages(dataDir)) : new LogGroupDriver();
}
