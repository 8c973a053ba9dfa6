import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { summary } from '../dashboard/panels.js';
import { locale, t } from '../words/words.js';
import { fullTime } from './format.js';
import { quantity } from './quantity.js';
import { shared } from './styles.js';

const TONES = ['--tone-0', '--tone-1'];
/** The table has one row for so many snapshots. */
const STEP = 10;
const SECONDS = 300;
/** There is no half of these. */
const WHOLE = new Set(['count', 'bytes', 'bytes-rate']);

/** One panel: a chart, the same as a sentence and as a table, and a cursor for the keyboard. */
export class ChartView extends LitElement {
  static properties = { panel: {}, history: {}, drawn: { type: Number }, cursor: { state: true }, table: { state: true } };

  static styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--space-2);
        min-width: 0;
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--round-large);
        background: var(--surface);
      }

      h2 {
        font-size: var(--text);
        font-weight: 650;
      }

      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-4);
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
      }

      .legend li::before {
        content: '';
        display: inline-block;
        width: 0.75rem;
        height: 0.1875rem;
        margin-inline-end: var(--space-2);
        vertical-align: middle;
        background: var(--tone-0);
      }

      .legend li + li::before {
        height: 0;
        border-top: 0.1875rem dashed var(--tone-1);
        background: none;
      }

      .plot {
        position: relative;
        height: 9rem;
        border-radius: 0.25rem;
        direction: ltr;
      }

      .summary,
      .at {
        font-size: var(--text-small);
        color: var(--ink-soft);
      }

      .scroll {
        max-height: 14rem;
        overflow: auto;
      }

      summary {
        width: fit-content;
        min-height: 1.5rem;
        color: var(--accent);
        font-size: var(--text-small);
        font-weight: 550;
        cursor: pointer;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: var(--space-1) var(--space-2);
        border-bottom: 1px solid var(--line);
        text-align: end;
        white-space: nowrap;
      }

      th:first-child {
        text-align: start;
      }
    `,
  ];

  #chart = null;
  #values = [];
  #times = [];
  #dark = matchMedia('(prefers-color-scheme: dark)');
  #recolour = () => this.#chart && this.#draw();

  constructor() {
    super();
    this.cursor = null;
    this.table = false;
    this.drawn = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#dark.addEventListener('change', this.#recolour);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#dark.removeEventListener('change', this.#recolour);
    this.#chart?.destroy();
    this.#chart = null;
  }

  /** Only when it is to be drawn anew: while it is held, the history goes on. */
  willUpdate(changed) {
    if (!changed.has('drawn') && !changed.has('history') && !changed.has('panel')) return;
    this.#times = this.history.times();
    this.#values = this.panel.series.map((series) => series.of(this.history));
  }

  render() {
    const { panel } = this;
    const sums = this.#values.map(summary);
    const title = t(panel.title);
    return html`
      <h2>${title}</h2>
      <ul class="legend">
        ${panel.series.map((series, i) => html`<li>${t(series.label)} ${this.#tells(sums[i])}</li>`)}
      </ul>
      <div
        class="plot"
        tabindex="0"
        role="slider"
        aria-label=${t('dashboard.chart', { title })}
        aria-valuemin=${1 - Math.max(1, this.#times.length)}
        aria-valuemax="0"
        aria-valuenow=${this.cursor === null ? 0 : this.cursor + 1 - this.#times.length}
        aria-valuetext=${this.#said(this.cursor ?? this.#times.length - 1)}
        aria-describedby="summary"
        @keydown=${this.#key}
        @blur=${() => (this.cursor = null)}
      >
        <canvas aria-hidden="true"></canvas>
      </div>
      <p class="at" ?hidden=${this.cursor === null}>${this.cursor === null ? nothing : this.#said(this.cursor)}</p>
      <p class="summary" id="summary">${panel.series.map((series, i) => this.#sentence(series, sums[i])).join(' ')}</p>
      <details @toggle=${({ target }) => (this.table = target.open)}>
        <summary>${t('dashboard.table')}<span class="visually-hidden"> ${title}</span></summary>
        ${this.table ? this.#rows() : nothing}
      </details>
    `;
  }

  #tells({ now, sum }) {
    return html`<strong>${quantity(this.panel.total ? sum : now, this.panel.unit)}</strong>`;
  }

  #sentence(series, { now, min, max, sum }) {
    const { unit, total } = this.panel;
    const name = t(series.label);
    if (now === null) return t('dashboard.nothing', { name });
    return total
      ? t('dashboard.sum', { name, sum: quantity(sum, unit) })
      : t('dashboard.range', { name, now: quantity(now, unit), min: quantity(min, unit), max: quantity(max, unit) });
  }

  #said(index) {
    if (this.#times.length === 0) return t('dashboard.waiting');
    const figures = this.panel.series.map((series, i) => `${t(series.label)} ${quantity(this.#values[i][index], this.panel.unit)}`);
    return `${fullTime(this.#times[index])}: ${figures.join(', ')}`;
  }

  #rows() {
    const { panel } = this;
    const indices = this.#times.map((_, i) => i).filter((i) => (this.#times.length - 1 - i) % STEP === 0);
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${t('dashboard.chart', { title: t(panel.title) })}>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('dashboard.time')}</th>
            ${panel.series.map((series) => html`<th scope="col">${t(series.label)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${indices.reverse().map(
            (i) => html`<tr>
              <th scope="row">${new Date(this.#times[i]).toLocaleTimeString(locale)}</th>
              ${this.#values.map((values) => html`<td>${quantity(values[i], panel.unit)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #key(event) {
    const last = this.#times.length - 1;
    const from = this.cursor ?? last;
    const to = {
      ArrowLeft: from - 1,
      ArrowDown: from - 1,
      ArrowRight: from + 1,
      ArrowUp: from + 1,
      PageDown: from - STEP,
      PageUp: from + STEP,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.cursor = Math.max(0, Math.min(last, to));
  }

  updated() {
    this.#draw();
  }

  #draw() {
    this.#chart ??= new globalThis.Chart(this.renderRoot.querySelector('canvas'), this.#configuration());
    const chart = this.#chart;
    const style = getComputedStyle(this);
    const colour = (name) => style.getPropertyValue(name).trim();
    const newest = this.#times.at(-1) ?? 0;
    chart.data.datasets.forEach((dataset, i) => {
      dataset.borderColor = colour(TONES[i]);
      dataset.pointBackgroundColor = dataset.borderColor;
      dataset.pointBorderColor = dataset.borderColor;
      dataset.data = this.#values[i].map((y, at) => ({ x: (this.#times[at] - newest) / 1000, y }));
    });
    for (const axis of Object.values(chart.options.scales)) {
      axis.ticks.color = colour('--ink-soft');
      axis.grid.color = colour('--line');
    }
    chart.options.plugins.cursor.colour = colour('--ink');
    chart.options.plugins.cursor.x = this.cursor === null ? null : (this.#times[this.cursor] - newest) / 1000;
    chart.update('none');
  }

  #configuration() {
    const { unit } = this.panel;
    const tick = { font: { size: 11 }, maxTicksLimit: 4, maxRotation: 0 };
    return {
      type: 'line',
      data: {
        datasets: this.panel.series.map((series, i) => ({
          label: t(series.label),
          data: [],
          borderWidth: 2,
          borderDash: i === 0 ? [] : [5, 3],
          // Seconds in which nothing was stored or delivered have no time: without points the others would not show.
          pointRadius: unit === 'ms' ? 1.5 : 0,
          spanGaps: unit === 'ms',
          pointHitRadius: 0,
        })),
      },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        maintainAspectRatio: false,
        events: [],
        scales: {
          x: { type: 'linear', min: -SECONDS, max: 0, grid: {}, ticks: { ...tick, stepSize: 60, maxTicksLimit: 6, callback: (x) => `${x} s` } },
          y: { beginAtZero: true, grid: {}, ticks: { ...tick, precision: WHOLE.has(unit) ? 0 : undefined, callback: (y) => quantity(y, unit) } },
        },
        plugins: { legend: { display: false }, tooltip: { enabled: false }, cursor: {} },
      },
      plugins: [CURSOR],
    };
  }
}

/** A line where the keyboard's cursor is. */
const CURSOR = {
  id: 'cursor',
  afterDatasetsDraw(chart, _, { x, colour }) {
    if (x === null || x === undefined) return;
    const { ctx, chartArea, scales } = chart;
    const at = scales.x.getPixelForValue(x);
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(at, chartArea.top);
    ctx.lineTo(at, chartArea.bottom);
    ctx.stroke();
    ctx.restore();
  },
};

customElements.define('parley-chart', ChartView);
