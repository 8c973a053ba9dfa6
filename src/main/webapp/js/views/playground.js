import { css, html, LitElement } from '../../lib/lit-element/lit-element.js';
import { ENDPOINTS } from '../playground/endpoints.js';
import '../words/playground.js';
import { direction, languageTag, t } from '../words/words.js';
import './endpoint.js';
import { logo } from './icons.js';
import { shared } from './styles.js';

/** The page `/playground`: one panel for each endpoint. */
export class PlaygroundView extends LitElement {
  static styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: 15rem minmax(0, 54rem);
        gap: 0 var(--space-6);
        max-width: 76rem;
        margin: 0 auto;
        padding: 0 var(--space-5) var(--space-7);
      }

      header {
        grid-column: 1 / -1;
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

      header p {
        flex-basis: 100%;
        max-width: 44rem;
        color: var(--ink-soft);
      }

      header a {
        margin-inline-start: auto;
        color: var(--accent);
        font-weight: 550;
        text-underline-offset: 0.15em;
      }

      nav {
        position: sticky;
        top: var(--space-4);
        align-self: start;
      }

      nav a {
        display: block;
        padding: var(--space-1) var(--space-3);
        border-radius: var(--round);
        color: var(--ink);
        font: 0.8125rem/1.7 var(--mono);
        overflow-wrap: anywhere;
        text-decoration: none;
      }

      nav a:hover {
        background: var(--accent-soft);
      }

      .panels {
        display: grid;
        gap: var(--space-5);
      }

      @media (max-width: 52rem) {
        :host {
          grid-template-columns: minmax(0, 1fr);
          padding: 0 var(--space-3) var(--space-6);
        }

        nav {
          position: static;
          margin-bottom: var(--space-5);
        }

        nav ul {
          display: flex;
          flex-wrap: wrap;
          gap: var(--space-1);
        }

        nav a {
          padding: 0 var(--space-2);
          border: 1px solid var(--line);
        }
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    Object.assign(document.documentElement, { lang: languageTag, dir: direction });
    document.title = `${t('playground.title')} · Parley`;
  }

  render() {
    return html`
      <header>
        ${logo}
        <h1>${t('playground.title')}</h1>
        <a href=".">${t('playground.back')}</a>
        <p>${t('playground.lead')}</p>
      </header>
      <nav aria-label=${t('playground.endpoints')}>
        <ul>
          ${ENDPOINTS.map(({ id, path }) => html`<li><a href="#${id}" dir="ltr" @click=${(event) => this.#go(event, id)}>${path}</a></li>`)}
        </ul>
      </nav>
      <main class="panels">
        ${ENDPOINTS.map((endpoint) => html`<parley-endpoint .endpoint=${endpoint} id=${endpoint.id}></parley-endpoint>`)}
      </main>
    `;
  }

  firstUpdated() {
    const id = location.hash.slice(1);
    if (ENDPOINTS.some((endpoint) => endpoint.id === id)) this.#show(id);
  }

  /** An address within a shadow root is none for the browser. */
  #go(event, id) {
    event.preventDefault();
    history.replaceState(null, '', `#${id}`);
    this.#show(id);
  }

  async #show(id) {
    await this.updateComplete;
    const panel = this.renderRoot.getElementById(id);
    panel.scrollIntoView({ block: 'start' });
    panel.focus();
  }
}

customElements.define('parley-playground', PlaygroundView);
