export { ACCESS_OPTIONS, type AccessOptions } from './access/access.module-definition.js';
export { AccessModule } from './access/access.module.js';
export { AdminGuard } from './access/admin.guard.js';
export { ApiKeyGuard } from './access/api-key.guard.js';
export { isSame, SESSION_COOKIE, sessionOf } from './access/session.js';
export { ApiModule } from './api.module.js';
export { configureApi } from './configure-api.js';
