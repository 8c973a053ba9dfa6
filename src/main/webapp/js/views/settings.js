import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { remembered } from '../page/remembered.js';
import { language, LANGUAGES, t } from '../words/words.js';
import { DialogView, dialogStyles } from './dialog.js';
import { shared } from './styles.js';

const KEYS = [
  ['Ctrl+K', 'keys.switch'],
  ['Alt+↑ Alt+↓', 'keys.rooms'],
  ['↑', 'keys.edit'],
  ['Shift+Tab, ↑ ↓', 'keys.move'],
  ['R, +, E, C, Del', 'keys.actions'],
  ['Esc', 'keys.escape'],
];

/** What somebody wants of this browser. Everything takes effect at once; another language loads the page anew. Fires `keys`. */
export class SettingsView extends DialogView {
  static properties = { denied: { state: true } };

  static styles = [
    shared,
    dialogStyles,
    css`
      fieldset {
        margin-inline: 0;
        padding: 0;
        border: 0;
      }

      legend,
      h3 {
        padding: 0;
        font-size: var(--text-small);
        font-weight: 550;
      }

      h3 {
        margin: var(--space-4) 0 var(--space-2);
      }

      .choice {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: 2rem;
        margin: 0;
        font-size: inherit;
        font-weight: 400;
      }

      .choice input {
        flex: none;
        width: 1.25rem;
        height: 1.25rem;
        min-height: 0;
        margin: 0;
        accent-color: var(--accent);
      }

      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-1) var(--space-3);
        margin: 0;
        font-size: var(--text-small);
      }

      dt {
        font-weight: 600;
      }

      dd {
        margin: 0;
        color: var(--ink-soft);
      }
    `,
  ];

  get label() {
    return t('settings.title');
  }

  content() {
    return html`<label for="language">${t('settings.language')}</label>
      <select id="language" @change=${this.#language}>
        ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language}>${name}</option>`)}
      </select>
      <fieldset>
        <legend>${t('settings.announce')}</legend>
        ${['off', 'mentions', 'all'].map(
          (mode) => html`<label class="choice">
            <input
              type="radio"
              name="announce"
              .checked=${remembered.announce === mode}
              @change=${() => (remembered.announce = mode)}
            />${t(`settings.announce-${mode}`)}
          </label>`,
        )}
      </fieldset>
      <fieldset>
        <label class="choice">
          <input type="checkbox" .checked=${remembered.notify} @change=${this.#notify} />${t('settings.notify')}
        </label>
        <label class="choice">
          <input
            type="checkbox"
            .checked=${remembered.sealedTyping}
            @change=${({ target }) => (remembered.sealedTyping = target.checked)}
          />${t('settings.sealed-typing')}
        </label>
        <button class="link" @click=${this.#keys}>${t('sealed.keys')}</button>
        <p role="status" class="error">${this.denied ? t('settings.notify-denied') : nothing}</p>
      </fieldset>
      <h3>${t('settings.keys')}</h3>
      <dl>
        ${KEYS.map(([keys, text]) => html`<dt>${keys}</dt><dd>${t(text)}</dd>`)}
      </dl>`;
  }

  #keys() {
    // Only one dialog stands in front of the page.
    this.addEventListener('closed', () => this.dispatchEvent(new CustomEvent('keys')), { once: true });
    this.close();
  }

  #language({ target }) {
    remembered.language = target.value;
    location.reload();
  }

  /** The browser is asked only here, because somebody wanted it. */
  async #notify({ target }) {
    const wanted = target.checked;
    const answer = wanted ? await globalThis.Notification?.requestPermission() : 'granted';
    this.denied = answer !== 'granted';
    remembered.notify = wanted && !this.denied;
    target.checked = remembered.notify;
  }
}

customElements.define('parley-settings', SettingsView);
