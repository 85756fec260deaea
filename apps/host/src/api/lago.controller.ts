import { applyDecorators, Controller, UseGuards, UsePipes } from '@nestjs/common';
import { ApiKeyGuard } from './access/api-key.guard.js';
import { inputPipe } from './input/input.pipe.js';

export const API_PATH = 'api/v1';

/** A controller of the API: under its path, behind its key, with its input checked. */
export function LagoController(resources: string): ClassDecorator {
  return applyDecorators(Controller(`${API_PATH}/${resources}`), UseGuards(ApiKeyGuard), UsePipes(inputPipe));
}
