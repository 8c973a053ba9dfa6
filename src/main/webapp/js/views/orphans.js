import { css, html, LitElement } from '../../lib/lit-element/lit-element.js';
import { t } from '../words/words.js';
import { shared } from './styles.js';

/**
 * What others wrote in this browser and did not send before their sign-in ended. Fires `adopt`, `copy` and `discard`
 * {author}.
 */
export class OrphansView extends LitElement {
  static properties = { authors: {}, me: {} };

  static styles = [
    shared,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-3);
        padding: var(--space-2) var(--space-4);
        border-bottom: 1px solid var(--line);
        background: var(--accent-soft);
        font-size: var(--text-small);
      }

      p {
        flex: 1 1 14rem;
        overflow-wrap: anywhere;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-2);
      }

      button {
        min-height: 2rem;
        padding: 0 var(--space-3);
      }
    `,
  ];

  constructor() {
    super();
    this.authors = [];
    this.me = null;
  }

  render() {
    return html`<ul aria-label=${t('orphans.title')}>
      ${this.authors.map((author) => this.#author(author))}
    </ul>`;
  }

  #author(author) {
    const { name, entries } = author;
    const button = (event, text, kind = '') =>
      html`<button class=${kind} @click=${() => this.dispatchEvent(new CustomEvent(event, { detail: { author } }))}>${text}</button>`;
    return html`<li>
      <p>${t('orphans.waiting', { count: entries.length, name })}</p>
      <div class="row">
        ${button('adopt', t('orphans.adopt', { me: this.me?.name }), 'primary')} ${button('copy', t('orphans.copy'))}
        ${button('discard', t('orphans.delete'))}
      </div>
    </li>`;
  }
}

/** @returns {string} what somebody wrote, each message with its room, to be put somewhere else */
export function transcript({ entries }) {
  return entries
    .filter(({ body }) => typeof body.text === 'string')
    .map(({ room, body }) => `#${room}: ${body.text}`)
    .join('\n');
}

customElements.define('parley-orphans', OrphansView);
