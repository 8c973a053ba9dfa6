import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { t } from '../words/words.js';
import { logo } from './icons.js';
import { shared } from './styles.js';

const NAME_LENGTH = 40;

/** Asks for a name. Fires `sign-in` {name}; `problem` is what the server said to the last one. */
export class SignInView extends LitElement {
  static properties = { problem: {}, busy: { type: Boolean }, suggestion: {} };

  static styles = [
    shared,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100%;
        padding: var(--space-4);
      }

      main {
        width: 100%;
        max-width: 26rem;
        padding: var(--space-6);
        border: 1px solid var(--line);
        border-radius: var(--round-large);
        background: var(--surface);
        box-shadow: var(--shadow);
      }

      .brand {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        margin-bottom: var(--space-5);
        font-size: var(--text-large);
        font-weight: 650;
        letter-spacing: -0.01em;
      }

      h1 {
        font-size: var(--text-title);
        font-weight: 650;
        line-height: 1.2;
        letter-spacing: -0.02em;
      }

      h1 + p {
        margin: var(--space-2) 0 var(--space-5);
        color: var(--ink-soft);
      }

      label {
        display: block;
        margin-bottom: var(--space-1);
        font-weight: 550;
      }

      input {
        min-height: 2.875rem;
        font-size: 1rem;
      }

      .hint,
      .error {
        margin-top: var(--space-2);
        font-size: var(--text-small);
      }

      button {
        width: 100%;
        min-height: 2.875rem;
        margin-top: var(--space-5);
        font-size: 1rem;
      }

      .other {
        margin-top: var(--space-5);
        padding-top: var(--space-4);
        border-top: 1px solid var(--line);
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      .other a {
        color: var(--accent);
        text-underline-offset: 0.15em;
      }

      @media (max-width: 30rem) {
        main {
          padding: var(--space-5);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
    this.suggestion = '';
  }

  render() {
    return html`<main>
      <div class="brand">${logo}<span>Parley</span></div>
      <h1>${t('sign-in.title')}</h1>
      <p>${t('sign-in.lead')}</p>
      <form @submit=${this.#submit}>
        <label for="name">${t('sign-in.name')}</label>
        <input
          id="name"
          name="name"
          required
          maxlength=${NAME_LENGTH}
          autocomplete="nickname"
          autofocus
          spellcheck="false"
          .value=${this.suggestion}
          aria-describedby="about"
          aria-invalid=${this.problem ? 'true' : 'false'}
        />
        <p id="about" class=${this.problem ? 'error' : 'hint soft'} role=${this.problem ? 'alert' : nothing}>
          ${this.problem ?? t('sign-in.hint')}
        </p>
        <button class="primary" ?disabled=${this.busy}>${t(this.busy ? 'sign-in.busy' : 'sign-in.go')}</button>
      </form>
      <p class="other">${t('sign-in.playground')} <a href="playground">${t('sign-in.open-playground')}</a></p>
    </main>`;
  }

  firstUpdated() {
    this.renderRoot.querySelector('input').focus();
  }

  #submit(event) {
    event.preventDefault();
    const name = new FormData(event.target).get('name').trim();
    if (name !== '') this.dispatchEvent(new CustomEvent('sign-in', { detail: { name } }));
  }
}

customElements.define('parley-sign-in', SignInView);
