/**
 * What Parley is compared with on the same container, a WAR of its own: the tutorials' servers as they are commonly written
 * in Java, and files over plain HTTP. Nothing of Parley is in it.
 */
package org.parley.bench.naive;
