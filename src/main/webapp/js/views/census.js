import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { t } from '../words/words.js';
import { fullTime } from './format.js';
import { quantity } from './quantity.js';
import { shared } from './styles.js';

export const tableStyles = css`
  .scroll {
    max-height: 26rem;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--surface);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-small);
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: var(--space-2) var(--space-3);
    border-bottom: 1px solid var(--line);
    text-align: start;
    vertical-align: top;
  }

  td.number,
  th.number {
    text-align: end;
    white-space: nowrap;
  }

  thead th {
    position: sticky;
    top: 0;
    background: var(--raised);
  }

  h2 {
    margin: var(--space-5) 0 var(--space-3);
    font-size: var(--text-large);
    font-weight: 650;
  }
`;

/** The tables of rooms and of connections. Fires `disconnect` with the user whose connections are to end. */
export class CensusView extends LitElement {
  static properties = { tables: {} };

  static styles = [
    shared,
    tableStyles,
    css`
      .agent {
        max-width: 22rem;
        min-width: 10rem;
        overflow-wrap: anywhere;
        color: var(--ink-soft);
      }

      td button {
        min-height: 1.75rem;
        padding: 0 var(--space-2);
        font-size: var(--text-small);
      }
    `,
  ];

  render() {
    const { tables } = this;
    if (!tables?.rooms) return html`<p class="soft">${t('dashboard.hidden')}</p>`;
    return html`${this.#rooms(tables)} ${this.#connections(tables)}`;
  }

  #rooms({ rooms, roomCount }) {
    return html`
      <h2 id="rooms">${t('dashboard.rooms', { count: roomCount })}</h2>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="rooms">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('dashboard.room')}</th>
              <th scope="col">${t('dashboard.class')}</th>
              <th scope="col" class="number">${t('dashboard.members')}</th>
              <th scope="col" class="number">${t('dashboard.last')}</th>
              <th scope="col" class="number">${t('dashboard.queued')}</th>
            </tr>
          </thead>
          <tbody>
            ${rooms.map(
              (room) => html`<tr>
                <th scope="row">${room.name}</th>
                <td>${room.roomClass.toLowerCase()}</td>
                <td class="number">${quantity(room.members, 'count')}</td>
                <td class="number">${quantity(room.last, 'count')}</td>
                <td class="number">${quantity(room.waiting, 'bytes')}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #connections({ connections, connectionCount, mayDisconnect }) {
    return html`
      <h2 id="connections">${t('dashboard.open', { count: connectionCount })}</h2>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="connections">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('dashboard.user')}</th>
              <th scope="col" class="number">${t('dashboard.queued')}</th>
              <th scope="col">${t('dashboard.address')}</th>
              <th scope="col">${t('dashboard.since')}</th>
              <th scope="col">${t('dashboard.agent')}</th>
              ${mayDisconnect ? html`<th scope="col">${t('dashboard.disconnect')}</th>` : nothing}
            </tr>
          </thead>
          <tbody>
            ${connections.map((each) => this.#connection(each, mayDisconnect))}
          </tbody>
        </table>
      </div>
    `;
  }

  #connection({ user, name, queued, address, since, agent }, mayDisconnect) {
    const shown = name || user;
    return html`<tr>
      <th scope="row" title=${user}>${shown}</th>
      <td class="number">${quantity(queued, 'bytes')}</td>
      <td>${address}</td>
      <td><time datetime=${new Date(since).toISOString()}>${fullTime(since)}</time></td>
      <td class="agent">${agent}</td>
      ${mayDisconnect
        ? html`<td>
            <button
              aria-label=${t('dashboard.disconnect-user', { name: shown })}
              @click=${() => this.dispatchEvent(new CustomEvent('disconnect', { detail: { user, name: shown } }))}
            >
              ${t('dashboard.disconnect')}
            </button>
          </td>`
        : nothing}
    </tr>`;
  }
}

customElements.define('parley-census', CensusView);
