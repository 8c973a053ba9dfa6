import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { repeat } from '../../lib/lit-html/directives/repeat.js';
import { locale, t } from '../words/words.js';
import { initials, tone } from './format.js';
import { shared } from './styles.js';

const byName = new Intl.Collator(locale, { sensitivity: 'base' });

/** Who is in the room now. */
export class MembersView extends LitElement {
  static properties = { users: {}, count: { type: Number }, me: {} };

  static styles = [
    shared,
    css`
      :host {
        display: block;
        overflow-y: auto;
        padding: var(--space-4);
        background: var(--ground);
      }

      h2 {
        margin-bottom: var(--space-3);
        color: var(--ink-soft);
        font-size: var(--text-small);
        font-weight: 550;
      }

      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 2.75rem;
      }

      .face {
        position: relative;
        display: inline-flex;
      }

      .face::after {
        content: '';
        position: absolute;
        inset-inline-end: -0.1875rem;
        bottom: -0.1875rem;
        width: 0.75rem;
        height: 0.75rem;
        border: 2px solid var(--ground);
        border-radius: 50%;
        background: var(--online);
      }

      .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  render() {
    const users = [...this.users].sort((a, b) => byName.compare(a.name, b.name));
    const others = this.count - users.length;
    return html`
      <h2 id="here">${t('room.members', { count: this.count })}</h2>
      <ul aria-labelledby="here">
        ${repeat(
          users,
          ({ id }) => id,
          ({ id, name, guest }) =>
            html`<li>
              <span class="face" aria-hidden="true"><span class="avatar ${tone(id)}">${initials(name)}</span></span>
              <span class="name" dir="auto">${name}</span><span class="visually-hidden">${t('room.online')}</span>
              ${id === this.me?.id ? html`<span class="tag">${t('room.you')}</span>` : guest ? html`<span class="tag">${t('room.guest')}</span>` : nothing}
            </li>`,
        )}
      </ul>
      ${others > 0 ? html`<p class="soft">${t('room.others', { count: others })}</p>` : nothing}
    `;
  }
}

customElements.define('parley-members', MembersView);
