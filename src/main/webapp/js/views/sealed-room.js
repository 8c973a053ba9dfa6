import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { isSealed } from '../page/sealed-name.js';
import { t } from '../words/words.js';
import { lock } from './icons.js';
import { shared } from './styles.js';

/** What stands over a sealed room's messages. */
export const sealedNote = (room, ask) =>
  isSealed(room.name) ? html`<parley-sealed-note @invite=${() => ask('invite')}></parley-sealed-note>` : nothing;

/** What stands in the place of messages that cannot be opened. */
export const sealedLock = (room, { ask, follow }) =>
  html`<parley-sealed-lock
    .room=${room.name}
    .why=${room.lock}
    @link=${({ detail }) => follow(detail)}
    @keys=${() => ask('keys')}
  ></parley-sealed-lock>`;

/** Who can read this room. Fires `invite`. */
export class SealedNoteView extends LitElement {
  static styles = [
    shared,
    css`
      p {
        display: flex;
        gap: 0 var(--space-2);
        padding: var(--space-1) var(--space-4);
        border-bottom: 1px solid var(--line);
        background: var(--sunken);
        font-size: var(--text-small);
      }

      svg {
        flex: none;
        width: 1rem;
        height: 1rem;
        margin-top: 0.25rem;
      }

      button.link {
        font-size: inherit;
      }
    `,
  ];

  render() {
    return html`<p>
      ${lock}<span
        >${t('sealed.who-reads')}
        <button class="link" @click=${() => this.dispatchEvent(new CustomEvent('invite'))}>${t('sealed.copy-invite')}</button></span
      >
    </p>`;
  }
}

const WHY = { insecure: 'sealed.insecure', 'no-storage': 'sealed.no-storage', 'not-loaded': 'sealed.not-loaded' };

/** A sealed room that cannot be opened here, and why. Fires `link` {room, secret} and `keys`. */
export class SealedLockView extends LitElement {
  static properties = { room: {}, why: {}, problem: { state: true } };

  static styles = [
    shared,
    css`
      :host {
        flex: 1;
        overflow-y: auto;
        padding: var(--space-5) var(--space-4);
      }

      section {
        max-width: 34rem;
      }

      h2 {
        font-size: var(--text-large);
        overflow-wrap: anywhere;
      }

      section > * + * {
        margin-top: var(--space-3);
      }

      form {
        display: flex;
        gap: var(--space-2);
      }

      input {
        min-width: 0;
      }

      label {
        display: block;
        font-size: var(--text-small);
        font-weight: 550;
      }
    `,
  ];

  willUpdate(changed) {
    if (changed.has('room')) this.problem = null;
  }

  render() {
    return html`<section aria-labelledby="what">
      <h2 id="what">${t('sealed.is-encrypted', { room: this.room })}</h2>
      <p>${t('sealed.what')}</p>
      ${this.why === 'no-key' ? this.#ask() : html`<p role="status">${t(WHY[this.why])}</p>`}
    </section>`;
  }

  #ask() {
    return html`<p>${t('sealed.ask-link')}</p>
      <label for="link">${t('sealed.link')}</label>
      <form @submit=${this.#submit}>
        <input
          id="link"
          name="link"
          type="password"
          autocomplete="off"
          spellcheck="false"
          dir="ltr"
          aria-invalid=${this.problem ? 'true' : 'false'}
          aria-describedby="problem"
        />
        <button class="primary">${t('sealed.open')}</button>
      </form>
      <p id="problem" class="error" role="alert">${this.problem}</p>
      <p><button class="link" @click=${() => this.dispatchEvent(new CustomEvent('keys'))}>${t('sealed.keys')}</button></p>`;
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    // The module is here: what looked for this room's key needs it, too.
    const { readLink } = await import('../crypto/link.js');
    const link = readLink(new FormData(form).get('link').trim());
    if (link === null) this.problem = t('sealed.bad-link');
    else {
      form.reset();
      this.dispatchEvent(new CustomEvent('link', { detail: link }));
    }
  }
}

customElements.define('parley-sealed-note', SealedNoteView);
customElements.define('parley-sealed-lock', SealedLockView);
