import { html, nothing } from '../../lib/lit-element/lit-element.js';
import { t } from '../words/words.js';
import { invite, leave, menu, people } from './icons.js';

/**
 * The open room's name and topic, and what can be done with it.
 *
 * @param {object | undefined} room
 * @param {{panel: string | null, elsewhere: boolean, open: (panel: string, event: Event) => void, ask: (name: string) => void,
 *   leave: () => void}} page `elsewhere`: another room has unread messages
 */
export function roomHeader(room, page) {
  return html`<header>
    ${menuButton(page)}
    <div class="title">
      <h1 dir="auto">${room ? html`<span aria-hidden="true">#</span> ${room.name}` : 'Parley'}</h1>
      ${room?.class === 'log' ? topic(room, page) : nothing}
    </div>
    ${room ? buttons(room, page) : nothing}
  </header>`;
}

function menuButton({ panel, elsewhere, open }) {
  return html`<button
    class="plain icon menu ${elsewhere ? 'unread' : ''}"
    aria-label=${t(elsewhere ? 'app.rooms-unread' : 'app.rooms')}
    aria-expanded=${panel === 'rooms'}
    @click=${(event) => open('rooms', event)}
  >
    ${menu}
  </button>`;
}

function topic(room, { ask }) {
  const label = room.topic ? t('room.change-topic', { topic: room.topic }) : t('room.set-topic');
  return html`<button class="link topic" dir="auto" aria-label=${label} title=${label} @click=${() => ask('topic')}>
    ${room.topic || t('room.set-topic')}
  </button>`;
}

function buttons(room, { panel, open, ask, leave: leaveRoom }) {
  const button = (key, icon, act) => html`<button class="plain icon" aria-label=${t(key)} title=${t(key)} @click=${act}>${icon}</button>`;
  return html`<button
      class="plain present"
      aria-label=${t('room.members', { count: room.count })}
      aria-expanded=${panel === 'members'}
      @click=${(event) => open('members', event)}
    >
      ${people}${room.count}
    </button>
    ${button('room.invite', invite, () => ask('invite'))} ${button('room.leave', leave, leaveRoom)}`;
}
