import { html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { live } from '../../lib/lit-html/directives/live.js';
import { completion, mentionsIn, withEmoji } from '../page/completion.js';
import { remembered } from '../page/remembered.js';
import { said } from '../store/said.js';
import { listed, t } from '../words/words.js';
import { composerStyles } from './composer-styles.js';
import { clip, close, send } from './icons.js';
import { shared } from './styles.js';

const MAX_HEIGHT = 220;
const encoder = new TextEncoder();

/**
 * Where a message is written. Each room keeps its draft, also over a reload. Fires `typing`, `attach`, `edit-last`, `done`
 * when an edit or a reply is over, and `leave` for Escape.
 */
export class ComposerView extends LitElement {
  static properties = {
    room: {},
    refused: {},
    limit: { type: Number },
    typing: {},
    users: {},
    /** What is written about: `{kind: 'edit' | 'reply', item}` or null. */
    about: {},
    /** `(text, {mentions}) => Promise<boolean>`: whether it is safe; only then the text goes. */
    submit: {},
    text: { state: true },
    offered: { state: true },
    chosen: { state: true },
  };

  static styles = [shared, composerStyles];

  #mentioned = [];
  #busy = false;
  /** The last key asked for suggestions, or might have: whoever comes now is perhaps the one. */
  #asking = false;

  constructor() {
    super();
    this.text = '';
    this.limit = Infinity;
    this.typing = [];
    this.users = [];
    this.about = null;
    this.offered = null;
    this.chosen = 0;
  }

  willUpdate(changed) {
    const editing = (about) => about?.kind === 'edit';
    const before = changed.get('about');
    if (changed.has('room') || (changed.has('about') && editing(before) && !editing(this.about))) this.text = remembered.draft(this.room);
    if (changed.has('about') && editing(this.about)) {
      this.text = this.about.item.body.text;
      this.#mentioned = this.about.item.body.mentions ?? [];
    }
    if (changed.has('room')) this.#mentioned = [];
    if (changed.has('users') && this.#asking && this.offered === null) this.#offer();
  }

  render() {
    const over = this.#over();
    const { offered } = this;
    return html`${this.#about()}${this.#suggestions()}
      <form @submit=${this.#submit}>
        <label class="visually-hidden" for="text">${t('composer.label', { room: this.room })}</label>
        <textarea
          id="text"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          placeholder=${t('composer.placeholder', { room: this.room })}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls=${offered ? 'offered' : nothing}
          aria-activedescendant=${offered ? `choice-${this.chosen}` : nothing}
          aria-describedby="under"
          .value=${live(this.text)}
          ?disabled=${Boolean(this.refused)}
          @input=${this.#input}
          @keydown=${this.#key}
          @blur=${this.#offerNoMore}
        ></textarea>
        <button
          type="button"
          class="plain icon"
          aria-label=${t('files.attach')}
          title=${t('files.attach')}
          ?disabled=${Boolean(this.refused)}
          @click=${() => this.dispatchEvent(new CustomEvent('attach'))}
        >
          ${clip}
        </button>
        <button
          class="primary icon"
          aria-label=${this.#sendLabel}
          title=${this.#sendLabel}
          ?disabled=${this.#empty() || over > 0}
        >
          ${send}
        </button>
      </form>
      <p class="under soft" id="under">
        ${this.typing.length > 0 ? html`<span class="typing" dir="auto">${typists(this.typing)}</span>` : nothing}
        <span class="hint" ?hidden=${this.typing.length > 0}>${t('composer.hint')}</span>
        ${over > 0 ? html`<span class="error" role="alert">${t('composer.too-long', { bytes: over })}</span>` : nothing}
      </p>
      <p class="visually-hidden" role="status">${offered ? t('composer.suggested', { count: offered.choices.length }) : nothing}</p>`;
  }

  get #sendLabel() {
    return t(this.about?.kind === 'edit' ? 'composer.save' : 'composer.send');
  }

  #about() {
    if (this.about === null) return nothing;
    const { kind, item } = this.about;
    const text = kind === 'edit' ? t('composer.editing') : t('composer.replying', { name: item.name });
    return html`<div class="about">
      <p><strong dir="auto">${text}</strong> <span dir="auto">${kind === 'reply' ? said(item) : nothing}</span></p>
      <button class="plain icon" aria-label=${t('app.cancel')} title=${t('app.cancel')} @click=${this.#done}>${close}</button>
    </div>`;
  }

  #suggestions() {
    if (!this.offered) return nothing;
    return html`<div role="listbox" id="offered" aria-label=${t('composer.suggestions')}>
      ${this.offered.choices.map(
        ({ label }, i) => html`<div
          role="option"
          id="choice-${i}"
          aria-selected=${i === this.chosen ? 'true' : 'false'}
          dir="auto"
          @pointerdown=${(event) => {
            event.preventDefault();
            this.#choose(i);
          }}
        >
          ${label}
        </div>`,
      )}
    </div>`;
  }

  updated(changed) {
    if (!changed.has('text') && !changed.has('room')) return;
    const area = this.#area;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, MAX_HEIGHT)}px`;
  }

  get #area() {
    return this.renderRoot.querySelector('textarea');
  }

  focus() {
    this.renderRoot?.querySelector('textarea')?.focus();
  }

  /** Puts a text back, in front of what was written meanwhile. */
  revise(text) {
    this.#write(this.text === '' ? text : `${text}\n${this.text}`);
    this.focus();
  }

  #write(text) {
    this.text = text;
    if (this.about?.kind !== 'edit') remembered.keepDraft(this.room, text);
  }

  #input({ target }) {
    this.#write(target.value);
    this.#asking = true;
    this.#offer();
    if (!this.#empty()) this.dispatchEvent(new CustomEvent('typing'));
  }

  #offer() {
    this.offered = completion(this.text, this.#area.selectionEnd, this.users);
    this.chosen = 0;
  }

  #offerNoMore() {
    this.#asking = false;
    this.offered = null;
  }

  async #choose(at) {
    const { start, end, choices } = this.offered;
    const { insert, user } = choices[at];
    if (user) this.#mentioned = [...this.#mentioned, user];
    this.#offerNoMore();
    this.#write(this.text.slice(0, start) + insert + this.text.slice(end));
    await this.updateComplete;
    this.#area.setSelectionRange(start + insert.length, start + insert.length);
  }

  #empty() {
    return this.text.trim() === '';
  }

  #over() {
    // The frame around the text takes room too; the outbox measures it exactly.
    return this.text.length * 3 < this.limit ? 0 : Math.max(0, encoder.encode(this.text).length + 512 - this.limit);
  }

  #key(event) {
    // `isComposing`: Enter ends a word of an input method and is not meant for us.
    if (event.isComposing) return;
    if (this.offered && this.#listKey(event.key)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'ArrowUp' && this.text === '' && this.about === null) {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('edit-last'));
    } else if (event.key === 'Escape') {
      if (this.about !== null) this.#done();
      else this.dispatchEvent(new CustomEvent('leave'));
    }
  }

  /** @returns {boolean} whether the key was for the suggestions */
  #listKey(key) {
    const { length } = this.offered.choices;
    if (key === 'ArrowDown') this.chosen = (this.chosen + 1) % length;
    else if (key === 'ArrowUp') this.chosen = (this.chosen + length - 1) % length;
    else if (key === 'Enter' || key === 'Tab') this.#choose(this.chosen);
    else if (key === 'Escape') this.#offerNoMore();
    else return false;
    return true;
  }

  #submit(event) {
    event.preventDefault();
    this.#send();
    this.focus();
  }

  async #send() {
    if (this.#busy || this.#empty() || this.#over() > 0 || this.refused) return;
    const [written, room, about] = [this.text, this.room, this.about];
    const text = withEmoji(written.trim());
    this.#busy = true;
    let safe = false;
    try {
      safe = await this.submit(text, { mentions: mentionsIn(text, this.#mentioned) });
    } finally {
      this.#busy = false;
    }
    if (!safe) return;
    if (about !== null) this.#done();
    if (about?.kind === 'edit') return;
    // What was typed while the message went into the outbox is the beginning of the next one.
    const rest = (now) => (now.startsWith(written) ? now.slice(written.length) : now);
    if (this.room === room) {
      this.#mentioned = [];
      this.#write(rest(this.text));
    } else remembered.keepDraft(room, rest(remembered.draft(room)));
  }

  #done() {
    this.dispatchEvent(new CustomEvent('done'));
    this.focus();
  }
}

function typists(typing) {
  const names = typing.map(({ name }) => name);
  if (names.length > 3) return t('composer.typing-many');
  return t('composer.typing', { names: listed(names), count: names.length });
}

customElements.define('parley-composer', ComposerView);
