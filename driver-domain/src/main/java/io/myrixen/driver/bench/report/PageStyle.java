package io.myrixen.driver.bench.report;

/** How the page looks: by day and by night, on screens wide and narrow. */
final class PageStyle {

  static final String CSS =
      """
      :root {
        color-scheme: light dark;
        --back: #ffffff; --text: #1c2127; --soft: #5b6570; --grid: #e4e7eb; --axis: #9aa3ad;
        --vm: #0b62c4; --native: #00806a; --relayed: #b8470c; --relay: #7a828c;
        --good: #1a7f37; --bad: #c0262d; --band: #0b62c41a;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --back: #14171c; --text: #e6e9ed; --soft: #9aa4b0; --grid: #2a3038; --axis: #5c6672;
          --vm: #6cb2ff; --native: #3ddbb4; --relayed: #ff9a62; --relay: #a3abb6;
          --good: #57c979; --bad: #ff7b80; --band: #6cb2ff26;
        }
      }
      body {
        margin: 0 auto; max-width: 74rem; padding: 1.5rem 1.2rem 3rem;
        background: var(--back); color: var(--text);
        font: 15px/1.5 system-ui, sans-serif;
      }
      h1 { font-size: 1.6rem; margin: 0 0 .3rem; }
      h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
      h3 { font-size: 1rem; margin: 0 0 .2rem; }
      p { margin: .3rem 0; max-width: 52rem; }
      .soft, figcaption { color: var(--soft); }
      .plots {
        display: grid; gap: 1.6rem 2rem;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
      }
      figure { margin: 0; }
      figcaption { font-size: .87rem; }
      svg { width: 100%; height: auto; display: block; }
      svg text { font: 12px system-ui, sans-serif; fill: var(--soft); }
      svg .name { font-weight: 600; }
      .grid { stroke: var(--grid); }
      .axis { stroke: var(--axis); }
      .equal { fill: var(--band); }
      .series { fill: none; stroke: var(--ink); stroke-width: 2; }
      .spread { stroke: var(--ink); stroke-width: 1.5; opacity: .75; }
      .dot { fill: var(--ink); stroke: var(--back); stroke-width: 1; }
      svg .name { fill: var(--ink); }
      .vm { --ink: var(--vm); }
      .native { --ink: var(--native); }
      .relayed { --ink: var(--relayed); }
      .relay { --ink: var(--relay); }
      .series.relay { stroke-dasharray: 5 4; }
      .series.native { stroke-dasharray: 9 3; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .2rem .8rem; text-align: right; white-space: nowrap; }
      th, td { border-bottom: 1px solid var(--grid); }
      th:first-child, td:first-child { text-align: left; padding-left: 0; }
      th { color: var(--soft); font-weight: 600; }
      .holds, .fails { font-weight: 700; }
      .holds { color: var(--good); }
      .fails { color: var(--bad); }
      .verdicts { list-style: none; padding: 0; margin: .8rem 0; }
      .verdicts li { margin: .25rem 0; }
      code { font-size: .92em; overflow-wrap: anywhere; }
      """;

  private PageStyle() {}
}
