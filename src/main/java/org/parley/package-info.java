/**
 * Where Parley is put together: {@link org.parley.Settings} are read, {@link org.parley.Wiring} names the adapters.
 *
 * <p>What belongs here: nothing but that. Nobody depends on this package.
 */
package org.parley;
