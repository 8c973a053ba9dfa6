/**
 * The load generator: many WebSockets on one event loop, which publish stamped messages and account for every copy that
 * comes back. It knows no server and no scenario; how a server is spoken to is a {@link Dialect}.
 */
package org.parley.bench.load;
