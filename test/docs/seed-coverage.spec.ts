import { describe, expect, it } from '@jest/globals';
import { Proofs } from '../support/proofs.js';

const proofs = new Proofs('docs/seed-coverage.md');

describe('what is said of the integration’s documentation', () => {
  it('is proved in every line: by a test or a file, or by the line before', () => {
    for (const proof of proofs.lastCells()) expect(proof).toMatch(/`|the same/);
    expect(proofs.lastCells().length).toBeGreaterThan(50);
  });

  it('names files that are there', () => {
    expect(proofs.missingFiles()).toEqual([]);
  });

  it('names tests that are there', () => {
    expect(proofs.missingTests()).toEqual([]);
    expect(proofs.tests.length).toBeGreaterThan(50);
  });
});
