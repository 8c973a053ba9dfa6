/** Servers under load as processes of their own: how each is started, pinned, watched and ended. No load, no figures. */
package org.parley.bench.server;
