/** The front door of societies: places, organisations, charters. */
import { CharterVersion } from './charter.entity.js';
import { Organisation } from './organisation.entity.js';
import { Region, RegionCode } from './region.entity.js';

export { charterFields, charterRows, charterTyped } from './charter.views.js';
export type { Charter, CharterTerms } from './domain/charter.js';
export { USUAL_TERMS } from './domain/charter.js';
export type { Founding, OrganisationKind } from './domain/founding.js';
export { readRegionList } from './domain/region.js';
export type { RegionLevel, RegionRow } from './domain/region.js';
export { Region } from './region.entity.js';
export {
  CharterBackdated,
  CharterNotAcceptable,
  CharterNotFound,
  CustodyStays,
  SocietyNotFound,
} from './domain/societies.errors.js';
export { CharterForm, charterTermsOf } from './societies.forms.js';
export { SocietiesModule } from './societies.module.js';
export { societiesPermissions } from './societies.permissions.js';
export { SocietiesQueries } from './societies.queries.js';
export type { Ladder, Place, Rung, Society } from './societies.queries.js';
export { SocietiesService } from './societies.service.js';
export { SocietyFoundings } from './society-foundings.js';
export type { FoundingListener } from './society-foundings.js';

export const societiesEntities = [Region, RegionCode, Organisation, CharterVersion];
