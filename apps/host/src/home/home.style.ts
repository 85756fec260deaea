/** Light and dark, readable on a phone. Inline, because it is the only asset of the page. */
export const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d9dee5, #2c333d); --soft: light-dark(#5b6573, #9aa5b4);
  --good: light-dark(#0b6b3a, #63d297); --bad: light-dark(#a1260d, #ff9d85); --busy: light-dark(#8a5a00, #f0c060); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#fff, #14181d); color: light-dark(#1a2027, #e6eaef); }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 0; }
p { color: var(--soft); margin: .5rem 0 1rem; max-width: 60ch; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .75rem .55rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 500; } tbody th { font-weight: 500; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.status { font-weight: 600; } .finalized { color: var(--good); } .failed { color: var(--bad); } .finalizing { color: var(--busy); }
.remedy, .transaction { display: block; margin-top: .2rem; } .remedy { font-weight: 600; }
.transaction { color: var(--soft); font-size: .85em; overflow-wrap: anywhere; } a { color: inherit; }
@media (max-width: 52rem) {
  table, tbody, tr, td, tbody th { display: block; } thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: .75rem 0; } td, tbody th { border: 0; padding: .1rem 0; }
  .number { text-align: left; } .number:not(:empty)::before { content: attr(data-label) ": "; color: var(--soft); }
}
input, button { font: inherit; padding: .4rem .8rem; }
pre { overflow-x: auto; padding: .9rem 1rem; border: 1px solid var(--line); border-radius: .5rem; font-size: .85rem; }
`;
