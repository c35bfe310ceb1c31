import { Config } from './platform/config.js';
import { dataSourceOf } from './platform/database/data-source.js';
import { schema } from './schema.js';

/** For TypeORM's own command line: `npm run migrate:check`. */
export default dataSourceOf(new Config(process.env).databaseUrl, schema);
