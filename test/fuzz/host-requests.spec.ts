import { parse } from 'node:querystring';
import { describe, expect, it } from '@jest/globals';
import { BadRequestException, UnauthorizedException } from '@nestjs/common';
import fc from 'fast-check';
import { AdminGuard } from '../../apps/host/src/api/access/admin.guard.js';
import { ApiKeyGuard } from '../../apps/host/src/api/access/api-key.guard.js';
import { BodyOf } from '../../apps/host/src/api/input/body-of.decorator.js';
import { IdPipe } from '../../apps/host/src/api/input/id.pipe.js';
import { QueryOf } from '../../apps/host/src/api/input/query-of.decorator.js';
import { NotFoundError } from '../../apps/host/src/billing/index.js';
import { expectSurvival, FUZZ_TIMEOUT_MS, nastyJson, nastyText } from '../support/fuzzing.js';
import { contextOf, takenBy } from './taken-by.js';

const access = { apiKey: 'key' };

describe('a request to the sample host', () => {
  it(
    'brings a resource that is an object, or is refused',
    () =>
      expectSurvival(
        nastyJson('customer', 'plan', 'name'),
        (json) => {
          for (const resource of ['customer', '__proto__', 'constructor']) {
            const taken = takenBy(BodyOf(resource), { body: JSON.parse(json) as unknown });
            expect(typeof taken === 'object' && taken !== null && !Array.isArray(taken)).toBe(true);
            // its own, and nothing that every object has
            expect(taken).not.toBe(Object.prototype);
          }
        },
        BadRequestException,
      ),
    FUZZ_TIMEOUT_MS,
  );

  it(
    'brings a query of the names and values that it has, lists written in either way',
    () =>
      expectSurvival(nastyText('status', '[]', '=', '&', 'failed', '%', '%5B%5D', '__proto__'), (text) => {
        const query = parse(text);
        const taken = takenBy(QueryOf(), { query }) as object;
        expect(Object.getPrototypeOf(taken)).toBe(Object.prototype);
        expect(Object.keys(taken).filter((name) => !(name in query) && !(`${name}[]` in query))).toEqual([]);
      }),
    FUZZ_TIMEOUT_MS,
  );

  it(
    'names something that a database can hold, or nothing that is there',
    () =>
      expectSurvival(
        nastyText('invoice', '0', '-'),
        (id) => {
          expect(new IdPipe('invoice').transform(id)).toBe(id);
          expect(id.isWellFormed() && !id.includes('\0')).toBe(true);
        },
        NotFoundError,
      ),
    FUZZ_TIMEOUT_MS,
  );

  it(
    'gets in with the key, and with nothing that looks like it',
    () => {
      const authorization = nastyText('Bearer', 'bearer ', ' ', 'key', 'Basic', '\t', ',', 'Bearer key');
      const cookie = nastyText('host_session', '=', ';', 'key', ' ');
      return expectSurvival(
        fc.record({ authorization, cookie }, { requiredKeys: [] }),
        (headers) => {
          for (const Guard of [ApiKeyGuard, AdminGuard])
            expect(new Guard(access).canActivate(contextOf({ headers }))).toBe(true);
          expect(headers.authorization).toMatch(/^bearer +key$/i);
        },
        UnauthorizedException,
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});
