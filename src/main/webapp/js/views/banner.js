import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { t } from '../words/words.js';
import { warning } from './icons.js';
import { shared } from './styles.js';

/** A break that is shorter is not worth a word: most are over before anybody would have read it. */
const PATIENCE_MS = 2000;
/** `connecting` and `checking` follow `waiting` for moments; a text that flickers is not read. */
const TICK_MS = 250;

/** Says when there is no connection, why, and when the next attempt is. Fires `retry` and `reconnect`. */
export class BannerView extends LitElement {
  static properties = {
    connection: {},
    lostAt: {},
    online: {},
    /** Whether there ever was a connection. */
    met: {},
    waiting: { type: Number },
    behind: { type: Number },
  };

  static styles = [
    shared,
    css`
      .banner {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-3);
        padding: var(--space-2) var(--space-4);
        background: var(--warn-soft);
        color: var(--warn);
        font-size: var(--text-small);
        font-weight: 550;
      }

      .banner.rejected {
        background: var(--danger-soft);
        color: var(--danger);
      }

      .banner.quiet {
        background: var(--accent-soft);
        color: var(--accent);
      }

      p {
        flex: 1 1 12rem;
        font-variant-numeric: tabular-nums;
      }

      button {
        min-height: 2rem;
        border-color: currentColor;
        background: none;
      }
    `,
  ];

  #ticking = null;

  constructor() {
    super();
    this.connection = { name: 'idle' };
    this.lostAt = null;
    this.online = true;
    this.met = false;
    this.waiting = 0;
    this.behind = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  willUpdate() {
    clearInterval(this.#ticking);
    if (this.lostAt !== null) this.#ticking = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  render() {
    // Read out are the states and not each second of the countdown.
    return html`<div>${this.#content()}</div>
      <p class="visually-hidden" role="status">${this.#announced()}</p>`;
  }

  get #patient() {
    return this.lostAt !== null && Date.now() - this.lostAt < PATIENCE_MS;
  }

  #content() {
    const { name } = this.connection;
    if (name === 'stopped') return this.#rejected();
    if (name === 'idle' || this.#patient) return nothing;
    if (name === 'open') return this.behind > 0 ? banner('quiet', t('connection.catching-up', { count: this.behind })) : nothing;
    return banner('', sentences(this.#lost(), this.#held()), this.#button());
  }

  #announced() {
    const { name } = this.connection;
    if (name === 'stopped') return this.#reason();
    if (name === 'idle' || name === 'open' || this.#patient) return '';
    return this.online ? t('connection.retrying') : t('connection.offline');
  }

  #lost() {
    if (!this.online) return t('connection.offline');
    if (this.connection.name !== 'waiting') return t(this.met ? 'connection.retrying' : 'connection.connecting');
    const seconds = Math.max(0, Math.ceil((this.connection.until - Date.now()) / 1000));
    return t(REASONS[this.connection.code] ?? 'connection.lost', { seconds });
  }

  #held() {
    return this.waiting > 0 ? t('connection.waiting', { count: this.waiting }) : '';
  }

  #button() {
    if (this.connection.name !== 'waiting') return nothing;
    return html`<button @click=${() => this.dispatchEvent(new CustomEvent('retry'))}>${t('connection.retry')}</button>`;
  }

  #reason() {
    return t('connection.rejected', { reason: this.connection.reason || t('connection.no-reason') });
  }

  #rejected() {
    const { code } = this.connection;
    const advice = t(ADVICE.has(code) ? `connection.advice-${code}` : 'connection.advice');
    const again =
      code === 4506
        ? html`<button @click=${() => location.reload()}>${t('connection.reload')}</button>`
        : html`<button @click=${() => this.dispatchEvent(new CustomEvent('reconnect'))}>${t('connection.again')}</button>`;
    return banner('rejected', sentences(this.#reason(), advice, this.#held()), again);
  }
}

/** The countdown ends with its unit and not with a full stop. */
const sentences = (...parts) => parts.filter(Boolean).reduce((text, part) => `${text}${text.endsWith('.') ? '' : ' ·'} ${part}`);

const banner = (kind, text, button = nothing) => html`<div class="banner ${kind}">${warning}<p>${text}</p>${button}</div>`;

const REASONS = {
  1012: 'connection.restarting',
  1013: 'connection.busy',
  4008: 'connection.slow',
  4029: 'connection.too-many',
};

const ADVICE = new Set([4503, 4505, 4506]);

customElements.define('parley-banner', BannerView);
