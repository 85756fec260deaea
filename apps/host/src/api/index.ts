export { AccessModule } from './access/access.module.js';
export { ApiKeyGuard } from './access/api-key.guard.js';
export { ApiModule } from './api.module.js';
export { configureApi } from './configure-api.js';
