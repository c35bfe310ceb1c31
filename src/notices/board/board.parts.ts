import { BoardController } from './board.controller.js';
import { BoardPages } from './board.pages.js';
import { BoardReading } from './board.reading.js';

/** What the module of notices takes from here. */
export const noticeBoardControllers = [BoardController, BoardPages];
export const noticeBoardProviders = [BoardReading];
