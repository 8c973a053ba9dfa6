import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { said } from '../store/said.js';
import { reason, t } from '../words/words.js';
import { DialogView, dialogStyles } from './dialog.js';
import { fullTime, machineTime } from './format.js';
import { excerpt } from './markup.js';
import { shared } from './styles.js';

const LENGTH = 160;

/** Finds messages of a room by their words. Fires `go-to` {seq}. */
export class SearchView extends DialogView {
  static properties = {
    room: {},
    /** `(words) => Promise<{messages, more}>` */
    find: {},
    found: { state: true },
    problem: { state: true },
  };

  static styles = [
    shared,
    dialogStyles,
    css`
      form {
        display: flex;
        gap: var(--space-2);
      }

      ul {
        margin-top: var(--space-3);
      }

      li button {
        display: block;
        width: 100%;
        padding: var(--space-2);
        border-color: transparent;
        background: none;
        font-weight: 400;
        text-align: start;
        overflow-wrap: anywhere;
      }

      li p {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-2);
        font-size: var(--text-small);
      }
    `,
  ];

  #asked = 0;

  constructor() {
    super();
    this.found = null;
    this.problem = null;
  }

  get label() {
    return t('search.title', { room: this.room });
  }

  content() {
    return html`<label for="words">${t('search.words')}</label>
      <form role="search" @submit=${this.#submit}>
        <input id="words" name="words" type="search" autocomplete="off" autofocus dir="auto" />
        <button class="primary">${t('search.go')}</button>
      </form>
      <p role="status" class="soft">${this.#said()}</p>
      <ul>
        ${this.found?.messages.toReversed().map((message) => this.#result(message)) ?? nothing}
      </ul>`;
  }

  #said() {
    if (this.problem) return t('search.failed', { reason: this.problem });
    if (this.found === null) return '';
    const count = this.found.messages.length;
    if (count === 0) return t('search.none');
    return t(this.found.more ? 'search.newest' : 'search.found', { count });
  }

  #result(message) {
    const { seq, name, time } = message;
    return html`<li>
      <button @click=${() => this.#open(seq)}>
        <p><strong dir="auto">${name}</strong> <time class="soft" datetime=${machineTime(time)}>${fullTime(time)}</time></p>
        <span dir="auto">${excerpt(said(message) ?? '', LENGTH)}</span>
      </button>
    </li>`;
  }

  async #submit(event) {
    event.preventDefault();
    const words = new FormData(event.target).get('words').trim();
    if (words === '') return;
    const asked = ++this.#asked;
    try {
      const found = await this.find(words);
      if (asked === this.#asked) Object.assign(this, { found, problem: null });
    } catch (error) {
      if (error.name !== 'ArchiveError') throw error;
      if (asked === this.#asked) Object.assign(this, { found: null, problem: reason(error.problem) });
    }
  }

  #open(seq) {
    this.close();
    this.dispatchEvent(new CustomEvent('go-to', { detail: { seq } }));
  }
}

customElements.define('parley-search', SearchView);
