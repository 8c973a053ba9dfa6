import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { Feed } from '../dashboard/feed.js';
import { History } from '../dashboard/history.js';
import { PANELS } from '../dashboard/panels.js';
import { Tables } from '../dashboard/tables.js';
import '../words/dashboard.js';
import { direction, languageTag, t } from '../words/words.js';
import './census.js';
import { tableStyles } from './census.js';
import './chart.js';
import './dialogs.js';
import { fullTime } from './format.js';
import { logo } from './icons.js';
import { quantity } from './quantity.js';
import { shared } from './styles.js';

const REDRAW_MS = 1000;
/** Who wants no motion sees charts jump now and then instead of slide. */
const STILL_REDRAW_MS = 5000;

/** The page `/dashboard`. Draws once a second at most, however much comes. */
export class DashboardView extends LitElement {
  static properties = {
    state: { state: true },
    drawn: { state: true },
    paused: { state: true },
    tables: { state: true },
    node: { state: true },
    leaving: { state: true },
    failed: { state: true },
  };

  static styles = [
    shared,
    tableStyles,
    css`
      :host {
        display: block;
        max-width: 90rem;
        margin: 0 auto;
        padding: 0 var(--space-5) var(--space-7);
      }

      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        padding: var(--space-5) 0;
      }

      h1 {
        font-size: 1.375rem;
        font-weight: 650;
        letter-spacing: -0.015em;
      }

      header a {
        margin-inline-start: auto;
        color: var(--accent);
        font-weight: 550;
        text-underline-offset: 0.15em;
      }

      .state {
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      .state::before {
        content: '';
        display: inline-block;
        width: 0.625rem;
        height: 0.625rem;
        margin-inline-end: var(--space-2);
        border-radius: 50%;
        background: var(--line-strong);
      }

      .state.open::before {
        background: var(--online);
      }

      .panels {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr));
        gap: var(--space-4);
      }

      form {
        display: grid;
        gap: var(--space-2);
        max-width: 30rem;
        margin: var(--space-5) 0;
      }

      form button {
        justify-self: start;
      }

      .pick {
        width: auto;
      }

      @media (max-width: 30rem) {
        :host {
          padding: 0 var(--space-3) var(--space-6);
        }
      }
    `,
  ];

  #histories = new Map();
  #answering = null;
  #feed;
  #source;
  #fresh = false;
  #newestTables = null;
  #timer;

  constructor() {
    super();
    this.state = 'connecting';
    this.drawn = 0;
    this.paused = false;
    this.tables = null;
    this.node = null;
    this.leaving = null;
    this.failed = '';
    const base = new URL('.', location.href);
    const url = new URL('ws/dashboard', base);
    url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#source = new Tables(base, (...request) => fetch(...request));
    this.#feed = new Feed({
      url,
      mayWatch: (token) => this.#source.mayWatch(token),
      listener: {
        snapshots: (...told) => this.#take(...told),
        tables: (tables) => (this.#newestTables = tables),
        state: (state) => (this.state = state),
      },
    });
  }

  connectedCallback() {
    super.connectedCallback();
    document.documentElement.lang = languageTag;
    document.documentElement.dir = direction;
    document.title = `${t('dashboard.title')} · Parley`;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#timer = setInterval(() => this.#redraw(), still ? STILL_REDRAW_MS : REDRAW_MS);
    this.#feed.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#feed.stop();
  }

  #take(snapshots, answering) {
    this.#answering = answering;
    const first = this.#histories.size === 0;
    for (const snapshot of snapshots) {
      if (!this.#histories.has(snapshot.node)) this.#histories.set(snapshot.node, new History());
      this.#histories.get(snapshot.node).add(snapshot);
    }
    this.#fresh = true;
    if (first) this.#redraw();
  }

  #redraw() {
    if (!this.#fresh || this.paused || document.hidden) return;
    this.#fresh = false;
    this.drawn += 1;
    this.tables = this.#newestTables;
  }

  /** Of the chosen node, else of the one that answers: after a reconnect that may be another one. */
  get #history() {
    return this.#histories.get(this.node) ?? this.#histories.get(this.#answering);
  }

  render() {
    return html`
      <header>
        ${logo}
        <h1>${t('dashboard.title')}</h1>
        <span class="state ${this.state}" role="status">${STATES[this.state]()}</span>
        <button aria-pressed=${this.paused} @click=${this.#pause} ?hidden=${this.#histories.size === 0}>${t('dashboard.pause')}</button>
        ${this.#nodePicker()}
        <a href=".">${t('dashboard.back')}</a>
      </header>
      <main>${this.state === 'refused' ? this.#credentials() : this.#content()}</main>
      ${this.leaving === null ? nothing : this.#question()}
    `;
  }

  #content() {
    if (this.#histories.size === 0) return html`<p class="soft">${t('dashboard.waiting')}</p>`;
    const history = this.#history;
    return html`
      <div class="panels">
        ${PANELS.map((panel) => html`<parley-chart id=${panel.id} .panel=${panel} .history=${history} .drawn=${this.drawn}></parley-chart>`)}
      </div>
      ${this.#nodes()}
      <parley-census .tables=${this.tables} @disconnect=${({ detail }) => (this.leaving = detail)}></parley-census>
      <p class="error" role="alert">${this.failed}</p>
      ${this.tables?.mayDisconnect ? nothing : this.#credentials()}
    `;
  }

  #nodePicker() {
    if (this.#histories.size < 2) return nothing;
    return html`<select class="pick" aria-label=${t('dashboard.node')} @change=${({ target }) => (this.node = target.value)}>
      ${[...this.#histories.keys()].map((name) => html`<option .selected=${name === this.#history.newest.node}>${name}</option>`)}
    </select>`;
  }

  #nodes() {
    return html`
      <h2 id="nodes">${t('dashboard.nodes')}</h2>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="nodes">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('dashboard.node')}</th>
              <th scope="col" class="number">${t('dashboard.connections')}</th>
              <th scope="col" class="number">${t('dashboard.cpu')}</th>
              <th scope="col">${t('dashboard.database')}</th>
              <th scope="col">${t('dashboard.backplane')}</th>
              <th scope="col" class="number">${t('dashboard.lag')}</th>
              <th scope="col">${t('dashboard.heard')}</th>
            </tr>
          </thead>
          <tbody>
            ${[...this.#histories.values()].map(({ newest }) => node(newest))}
          </tbody>
        </table>
      </div>
    `;
  }

  #credentials() {
    return html`<form @submit=${this.#useToken}>
      <p>${t(this.state === 'refused' ? 'dashboard.refused' : 'dashboard.admins')}</p>
      <label for="token">${t('dashboard.token')}</label>
      <input id="token" name="token" type="password" required autocomplete="off" spellcheck="false" />
      <button>${t('dashboard.use-token')}</button>
    </form>`;
  }

  #useToken(event) {
    event.preventDefault();
    const token = new FormData(event.target).get('token').trim();
    event.target.reset();
    this.#source.token = token;
    this.tables = this.#newestTables = null;
    this.#feed.start(token);
    this.#histories.clear();
  }

  #question() {
    const { user, name } = this.leaving;
    return html`<parley-confirm
      .question=${t('dashboard.disconnect-sure', { name })}
      .action=${t('dashboard.disconnect')}
      @confirmed=${() => this.#disconnect(user)}
      @closed=${() => (this.leaving = null)}
    ></parley-confirm>`;
  }

  async #disconnect(user) {
    this.failed = (await this.#source.disconnect(user)) ? '' : t('dashboard.disconnect-failed');
    this.#newestTables = (await this.#source.read()) ?? this.#newestTables;
    this.tables = this.#newestTables;
  }

  #pause() {
    this.paused = !this.paused;
    this.#redraw();
  }
}

const STATES = {
  connecting: () => t('dashboard.connecting'),
  open: () => t('dashboard.live'),
  refused: () => t('dashboard.not-allowed'),
};

const upOrDown = (up) => t(up ? 'dashboard.up' : 'dashboard.down');

const node = (newest) => html`<tr>
  <th scope="row">${newest.node}</th>
  <td class="number">${quantity(newest.connections, 'count')}</td>
  <td class="number">${quantity(newest.cpu < 0 ? null : newest.cpu, 'share')}</td>
  <td>${upOrDown(newest.databaseUp)}</td>
  <td>${upOrDown(newest.backplaneUp)}</td>
  <td class="number">${quantity(newest.backplaneLagMs, 'ms')}</td>
  <td><time datetime=${new Date(newest.time).toISOString()}>${fullTime(newest.time)}</time></td>
</tr>`;

customElements.define('parley-dashboard', DashboardView);
