import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { Timer, systemClock } from '../client/clock.js';
import { shared } from './styles.js';

const SHOWN_MS = 3000;

/** Says for a moment that something was done which shows nowhere else. */
export class ToastView extends LitElement {
  static properties = { text: { state: true } };

  static styles = [
    shared,
    css`
      p {
        position: fixed;
        z-index: 3;
        inset-inline: 0;
        bottom: 6rem;
        width: fit-content;
        margin: 0 auto;
        padding: var(--space-1) var(--space-4);
        border-radius: var(--round-large);
        background: var(--ink);
        color: var(--surface);
        font-size: var(--text-small);
        font-weight: 550;
        box-shadow: var(--shadow);
      }

      @media (forced-colors: active) {
        p {
          border: 1px solid;
        }
      }
    `,
  ];

  #timer = new Timer(systemClock);

  constructor() {
    super();
    this.text = '';
  }

  show(text) {
    this.text = text;
    this.#timer.set(SHOWN_MS, () => (this.text = ''));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#timer.clear();
  }

  render() {
    return html`<div role="status">${this.text ? html`<p>${this.text}</p>` : nothing}</div>`;
  }
}

customElements.define('parley-toast', ToastView);
