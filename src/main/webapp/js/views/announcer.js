import { html, LitElement } from '../../lib/lit-element/lit-element.js';
import { repeat } from '../../lib/lit-html/directives/repeat.js';
import { t } from '../words/words.js';
import { shared } from './styles.js';

const KEPT = 5;

/** Reads new messages out to those who do not see them. The timeline itself is silent: it also loads old ones. */
export class AnnouncerView extends LitElement {
  static properties = { lines: { state: true } };
  static styles = shared;
  #last = 0;

  constructor() {
    super();
    this.lines = [];
  }

  say(text) {
    this.lines = [...this.lines, { id: ++this.#last, text }].slice(-KEPT);
  }

  render() {
    return html`<div class="visually-hidden" role="log" aria-live="polite" aria-label=${t('announce.log')}>
      ${repeat(
        this.lines,
        ({ id }) => id,
        ({ text }) => html`<p>${text}</p>`,
      )}
    </div>`;
  }
}

customElements.define('parley-announcer', AnnouncerView);
