import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { send } from './icons.js';
import { shared } from './styles.js';

const MAX_HEIGHT = 220;

/** Where a message is written; each room keeps its draft. Fires `send` {text} and `typing`. */
export class ComposerView extends LitElement {
  static properties = { room: {}, refused: {}, limit: { type: Number }, typing: {}, text: { state: true } };

  static styles = [
    shared,
    css`
      :host {
        display: block;
        padding: var(--space-2) var(--space-4) max(var(--space-3), env(safe-area-inset-bottom));
      }

      form {
        display: flex;
        align-items: flex-end;
        gap: var(--space-2);
        padding: var(--space-1);
        border: 1px solid var(--line-strong);
        border-radius: var(--round-large);
        background: var(--raised);
      }

      form:focus-within {
        border-color: var(--accent);
        box-shadow: 0 0 0 1px var(--accent);
      }

      textarea {
        flex: 1;
        min-width: 0;
        min-height: 2.5rem;
        max-height: 13.75rem;
        border: 0;
        background: none;
        resize: none;
      }

      /* The frame around it shows the focus. */
      textarea:focus-visible {
        outline: none;
      }

      .under {
        display: flex;
        justify-content: space-between;
        gap: var(--space-3);
        min-height: 1.25rem;
        padding: var(--space-1) var(--space-3) 0;
        font-size: 0.75rem;
      }

      kbd {
        font: inherit;
        font-weight: 600;
      }

      button.icon {
        border-radius: 0.75rem;
      }

      @media (max-width: 30rem) {
        :host {
          padding-inline: var(--space-2);
        }

        .hint {
          display: none;
        }
      }
    `,
  ];

  #drafts = new Map();

  constructor() {
    super();
    this.text = '';
    this.limit = Infinity;
    this.typing = [];
  }

  willUpdate(changed) {
    if (!changed.has('room')) return;
    const before = changed.get('room');
    if (before !== undefined) this.#drafts.set(before, this.text);
    this.text = this.#drafts.get(this.room) ?? '';
  }

  render() {
    const over = this.#over();
    return html`<form @submit=${this.#submit}>
        <label class="visually-hidden" for="text">Message to ${this.room}</label>
        <textarea
          id="text"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          placeholder="Message #${this.room}"
          aria-describedby="under"
          .value=${this.text}
          ?disabled=${Boolean(this.refused)}
          @input=${this.#input}
          @keydown=${this.#key}
        ></textarea>
        <button class="primary icon" aria-label="Send" title="Send" ?disabled=${this.#empty() || over > 0}>${send}</button>
      </form>
      <p class="under soft" id="under">
        ${this.typing.length > 0
          ? html`<span class="typing">${typists(this.typing)}</span>`
          : nothing}
        <span class="hint" ?hidden=${this.typing.length > 0}><kbd>Enter</kbd> sends, <kbd>Shift</kbd>+<kbd>Enter</kbd> begins a line</span>
        ${over > 0 ? html`<span class="error" role="alert">Too long by ${over} bytes</span>` : nothing}
      </p>`;
  }

  updated() {
    const area = this.renderRoot.querySelector('textarea');
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, MAX_HEIGHT)}px`;
  }

  focus() {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  #input({ target }) {
    this.text = target.value;
    if (!this.#empty()) this.dispatchEvent(new CustomEvent('typing'));
  }

  #empty() {
    return this.text.trim() === '';
  }

  #over() {
    // The frame around the text takes room too; the outbox measures it exactly.
    return this.text.length * 3 < this.limit ? 0 : Math.max(0, new TextEncoder().encode(this.text).length + 256 - this.limit);
  }

  #key(event) {
    // `isComposing`: Enter ends a word of an input method and is not meant for us.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #submit(event) {
    event.preventDefault();
    this.#send();
    this.focus();
  }

  #send() {
    if (this.#empty() || this.#over() > 0 || this.refused) return;
    this.dispatchEvent(new CustomEvent('send', { detail: { text: this.text.trim() } }));
    this.text = '';
  }
}

function typists(typing) {
  const names = typing.map(({ name }) => name);
  if (names.length > 3) return 'Several people are typing…';
  return `${new Intl.ListFormat('en').format(names)} ${names.length === 1 ? 'is' : 'are'} typing…`;
}

customElements.define('parley-composer', ComposerView);
