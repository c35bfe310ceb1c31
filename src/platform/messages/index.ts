/** The door for texts to phones and groups; which operator stands behind it is a setting. */
export { GroupDriver, MessageDriver, UNKNOWN_WORDS } from './message-driver.js';
export type { Message, Sent } from './message-driver.js';
export type { MessageParameters, TemplateId } from '../../kernel/message-templates.js';
