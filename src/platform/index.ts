/** The rows that the platform itself keeps. */
import { calendarEntities } from './calendar/calendar.js';
import { NumberSeries } from './database/number-series.entity.js';
import { StoredFile } from './files/stored-file.entity.js';

export const platformEntities = [NumberSeries, StoredFile, ...calendarEntities];
