import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { warning } from './icons.js';
import { shared } from './styles.js';

/** A first connection that takes less than this is not worth a word. */
const PATIENCE_MS = 800;

/** Says when there is no connection, why, and when the next attempt is. Fires `retry` and `reconnect`. */
export class BannerView extends LitElement {
  static properties = { connection: {}, patient: { state: true } };

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

      .banner.refused {
        background: var(--danger-soft);
        color: var(--danger);
      }

      p {
        flex: 1 1 12rem;
      }

      button {
        min-height: 2rem;
        border-color: currentColor;
        background: none;
      }

      .seconds {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  #ticking = null;
  #patience = null;

  constructor() {
    super();
    this.connection = { name: 'idle' };
    this.patient = true;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
    clearTimeout(this.#patience);
  }

  willUpdate(changed) {
    if (!changed.has('connection')) return;
    clearInterval(this.#ticking);
    if (this.connection.name === 'waiting') this.#ticking = setInterval(() => this.requestUpdate(), 250);
    if (this.connection.name === 'connecting' && this.connection.attempt === 0) {
      this.patient = true;
      clearTimeout(this.#patience);
      this.#patience = setTimeout(() => (this.patient = false), PATIENCE_MS);
    }
  }

  render() {
    return html`<div role="status">${this.#content()}</div>`;
  }

  #content() {
    const { name, attempt } = this.connection;
    if (name === 'open' || name === 'idle' || (attempt === 0 && name === 'connecting' && this.patient)) return nothing;
    if (name === 'stopped') return this.#stopped();
    if (name === 'waiting') return this.#waiting();
    return html`<div class="banner">${warning}<p>Connecting…</p></div>`;
  }

  #waiting() {
    const seconds = Math.max(0, Math.ceil((this.connection.until - Date.now()) / 1000));
    return html`<div class="banner">
      ${warning}
      <p>
        ${REASONS[this.connection.code] ?? 'The connection was lost.'} Messages you write are kept and sent later.
        <span class="seconds" aria-hidden="true">Next attempt in ${seconds} s.</span>
      </p>
      <button @click=${() => this.dispatchEvent(new CustomEvent('retry'))}>Retry now</button>
    </div>`;
  }

  #stopped() {
    return html`<div class="banner refused">
      ${warning}
      <p>${this.connection.reason || 'The server ended the connection and will not take a new one.'}</p>
      <button @click=${() => this.dispatchEvent(new CustomEvent('reconnect'))}>Try again</button>
    </div>`;
  }
}

const REASONS = {
  1012: 'The server is restarting.',
  1013: 'The server is busy.',
  4008: 'This connection was too slow for what was said.',
  4029: 'Too much was sent in a short time.',
};

customElements.define('parley-banner', BannerView);
