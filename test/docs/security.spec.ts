import { describe, expect, it } from '@jest/globals';
import { Proofs } from '../support/proofs.js';

const proofs = new Proofs('docs/security.md');

describe('the threat model', () => {
  it('has a test for every threat that it says is stopped', () => {
    for (const proof of proofs.lastCells()) expect(proof).toMatch(/`[^` ]+\.spec\.ts` “/);
    expect(proofs.lastCells().length).toBeGreaterThan(30);
  });

  it('names files that are there', () => {
    expect(proofs.missingFiles()).toEqual([]);
  });

  it('names tests that are there', () => {
    expect(proofs.missingTests()).toEqual([]);
  });
});
