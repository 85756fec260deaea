// Writes the pages of docs/ that are made from the code. A test fails where they are not what the code says.
import fs from 'node:fs';
import { errorCatalogue } from '@anrok-nest/module';
import { errorsPage } from '../libs/anrok-tax/dist/catalogue/errors-page.js';

fs.writeFileSync('docs/errors.md', errorsPage(errorCatalogue()));
