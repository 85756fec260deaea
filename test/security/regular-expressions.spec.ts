import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { analyse } from 'scslre';
import ts from 'typescript';

const ROOT = new URL('../../', import.meta.url).pathname;
const files = globSync(['apps/*/src/**/*.{ts,tsx}', 'libs/*/src/**/*.{ts,tsx}'], { cwd: ROOT }).filter(
  (file) => !/\.spec\.ts$|\/testing\//.test(file),
);

/** Text of every node of a kind, with its file. */
function textsOf(matches: (node: ts.Node, source: ts.SourceFile) => boolean): (readonly [string, string])[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(`${ROOT}${file}`, 'utf8'), ts.ScriptTarget.Latest);
    const found: (readonly [string, string])[] = [];
    const visit = (node: ts.Node): void => {
      if (matches(node, source)) found.push([node.getText(source), file]);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function isSlow(literal: string): boolean {
  const end = literal.lastIndexOf('/');
  return analyse({ source: literal.slice(1, end), flags: literal.slice(end + 1) }).reports.length > 0;
}

describe('a regular expression', () => {
  it.each([String.raw`/\/+$/`, '/(a+)+$/', String.raw`/\s*,\s*/`])('that is slow is found: %s', (literal) => {
    expect(isSlow(literal)).toBe(true);
  });

  it('takes time in proportion to its text, whatever the text is', () => {
    const literals = textsOf((node) => node.kind === ts.SyntaxKind.RegularExpressionLiteral);
    expect(literals.length).toBeGreaterThan(80);
    expect(literals.filter(([literal]) => isSlow(literal))).toEqual([]);
  });

  it('is never made of a text that comes from outside', () => {
    const made = textsOf((node, source) => ts.isNewExpression(node) && node.expression.getText(source) === 'RegExp');
    expect(made).toEqual([]);
  });
});
