import { TaxError } from '@anrok-nest/tax';
import type { LineFlaw } from '../mapping/mapping-csv.js';

export class InvalidMappingError extends TaxError {
  constructor(flaws: readonly string[]) {
    super({
      code: 'invalid_mapping',
      message: `The mapping is not valid: ${flaws.join('; ')}.`,
      remedy: 'Correct what is named, and map the item again.',
      retry: 'never',
      details: { flaws },
    });
  }
}

export class MappingNotFoundError extends TaxError {
  constructor(connection: string, itemType: string, itemId: string | undefined) {
    const what = itemId === undefined ? itemType : `${itemType} "${itemId}"`;
    super({
      code: 'mapping_not_found',
      message: `There is no mapping of ${what} on connection "${connection}".`,
      remedy: 'Look at the list of mappings: an item may be mapped by its type or by the fallback only.',
      retry: 'never',
      details: { connection, itemType, ...(itemId !== undefined && { itemId }) },
    });
  }
}

/** Nothing of a file was imported. */
export class InvalidMappingFileError extends TaxError {
  /** How many lines are listed. */
  static readonly MOST_LISTED = 100;

  /** @param flaws one for a line */
  constructor(readonly flaws: readonly LineFlaw[]) {
    const listed = flaws.slice(0, InvalidMappingFileError.MOST_LISTED);
    const shown = listed.slice(0, 3).map(({ line, reason }) => `line ${line}: ${reason}`);
    super({
      code: 'invalid_mapping_file',
      message: `Nothing was imported, because ${flaws.length} of the lines can not be taken: ${shown.join('; ')}${flaws.length > 3 ? '; and more' : ''}.`,
      remedy: 'Correct the lines that are named, and import the whole file again.',
      retry: 'never',
      details: { badLines: flaws.length, lines: listed },
    });
  }
}

export class MappingFileTooLargeError extends TaxError {
  /** @param size such as "10001 lines" @param most such as "10000" */
  constructor(size: string, most: string, remedy = 'Divide the file, and import its parts one after the other.') {
    super({
      code: 'mapping_file_too_large',
      message: `Nothing was imported, because the file has ${size}, and ${most} are the most.`,
      remedy,
      retry: 'never',
      details: { size, most },
    });
  }
}
