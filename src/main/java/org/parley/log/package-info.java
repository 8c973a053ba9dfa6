/**
 * How messages are stored and numbered: the adapters of {@link org.parley.hub.MessageLog} and {@link
 * org.parley.hub.Following} over SQLite and PostgreSQL.
 *
 * <p>What belongs here: SQL, transactions, migrations ({@code src/main/resources/db}), retention and the one {@link
 * org.parley.log.Database} that other packages keep their small tables in. What does not: who is connected, what a body
 * says, and when something is delivered.
 *
 * <p>The two databases differ in {@link org.parley.log.Dialect} only. sqlite-jdbc unpacks its native library to {@code
 * java.io.tmpdir}; where that is mounted {@code noexec}, the server's start script sets {@code -Dorg.sqlite.tmpdir}.
 */
package org.parley.log;
