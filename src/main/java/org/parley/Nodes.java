package org.parley;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.parley.auth.SignIns;
import org.parley.auth.SignInsUnavailableException;
import org.parley.backplane.LocalBackplane;
import org.parley.backplane.PostgresBackplane;
import org.parley.backplane.RedisBackplane;
import org.parley.dashboard.Neighbours;
import org.parley.event.Event;
import org.parley.hub.Backplane;
import org.parley.hub.Disconnect;
import org.parley.hub.Hub;
import org.parley.hub.LogUnavailableException;
import org.parley.log.CommitNotices;
import org.parley.log.Database;
import org.parley.log.JdbcLeases;

/** What connects this node with the others, as it was set; nothing, if it is alone. */
final class Nodes implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger("org.parley");
    private static final long LEASE_SECONDS = 3;
    private static final long REVOKED_SECONDS = 10;
    private static final long PRESENCE_SECONDS = 30;

    private final Backplane backplane;
    private final CommitNotices notices;
    private final JdbcLeases leases;

    /** @throws IllegalStateException if the broker cannot be used; the message names it, and no password */
    Nodes(Settings settings, Database database, ThreadFactory threads) {
        BackplaneSettings chosen = settings.backplane();
        if (chosen.kind() == BackplaneSettings.Kind.LOCAL) {
            backplane = new LocalBackplane();
            notices = CommitNotices.NONE;
            leases = null;
            return;
        }
        if (chosen.kind() == BackplaneSettings.Kind.REDIS) {
            backplane = new RedisBackplane(chosen.redis().orElseThrow(), chosen.prefix(), threads);
            notices = CommitNotices.NONE;
        } else {
            Settings.DatabaseUrl url = settings.database().orElseThrow();
            PostgresBackplane postgres =
                    new PostgresBackplane(url.url(), url.user(), url.password(), chosen.prefix(), threads);
            backplane = postgres;
            notices = postgres::notice;
        }
        leases = new JdbcLeases(database, backplane.node());
    }

    Backplane backplane() {
        return backplane;
    }

    /** What the log is to tell the others by its own transactions. */
    CommitNotices notices() {
        return notices;
    }

    /** Begins what is done again and again. */
    void begin(Threads threads, Hub hub, SignIns signIns, Neighbours neighbours) {
        if (leases != null) {
            threads.everyWaiting(LEASE_SECONDS, TimeUnit.SECONDS, () -> renewLease(hub, neighbours));
            threads.everyWaiting(REVOKED_SECONDS, TimeUnit.SECONDS, () -> disconnectRevoked(hub, signIns));
            threads.every(PRESENCE_SECONDS, TimeUnit.SECONDS, hub.cluster()::tellPresenceAgain);
        }
    }

    private void renewLease(Hub hub, Neighbours neighbours) {
        try {
            Map<String, String> living = leases.renew(neighbours.own().orElse(null));
            hub.cluster().living(Set.copyOf(living.keySet()));
            living.remove(backplane.node());
            neighbours.told(living.values().stream().filter(Objects::nonNull).toList());
        } catch (LogUnavailableException e) {
            Event.of("lease-not-renewed").with("reason", e.getMessage()).warn(LOGGER);
        }
    }

    /** The backplane may have lost what another node said. */
    private static void disconnectRevoked(Hub hub, SignIns signIns) {
        try {
            signIns.revokedLately().forEach(user -> hub.cluster().disconnectHere(user, Disconnect.REVOKED));
        } catch (SignInsUnavailableException e) {
            Event.of("revoked-unread").with("reason", e.getMessage()).warn(LOGGER);
        }
    }

    /** Says goodbye to the others. */
    @Override
    public void close() {
        backplane.close();
        try {
            if (leases != null) {
                leases.release();
            }
        } catch (LogUnavailableException e) {
            Event.of("lease-not-released").with("reason", e.getMessage()).debug(LOGGER);
        }
    }
}
