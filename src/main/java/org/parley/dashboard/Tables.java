package org.parley.dashboard;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.parley.auth.Visitor;
import org.parley.endpoint.Connections;
import org.parley.endpoint.SocketConnection;
import org.parley.hub.Census;
import org.parley.hub.Hub;
import org.parley.json.Json;

/**
 * The rooms with most members and the connections with most waiting, as JSON that all dashboards share: it takes a look at
 * every connection. Thread-safe.
 */
@ApplicationScoped
class Tables {
    private static final int SHOWN = 100;

    /** @param since ms since 1970 */
    public record ConnectionFigures(
            String id, String user, String name, String address, String agent, long since, long queued) {}

    public record Lists(
            int roomCount, List<Census.RoomFigures> rooms, int connectionCount, List<ConnectionFigures> connections) {}

    @Inject
    Hub hub;

    @Inject
    Connections connections;

    private final Memoized<String> json = new Memoized<>(() -> Json.write(lists()));

    /** A JSON object, at most a second old. */
    String json() {
        return json.get();
    }

    /** A JSON object, of now. */
    String renewedJson() {
        return json.renewed();
    }

    private Lists lists() {
        return new Lists(
                hub.census().rooms(),
                hub.census().largestRooms(SHOWN),
                connections.count(),
                furthestBehind(connections.all()));
    }

    /** Each is asked once: what is sorted must not change meanwhile. */
    private static List<ConnectionFigures> furthestBehind(Collection<SocketConnection> all) {
        return all.stream()
                .map(Tables::figures)
                .sorted(Comparator.comparingLong(ConnectionFigures::queued)
                        .reversed()
                        .thenComparing(Comparator.comparingLong(ConnectionFigures::since)
                                .reversed()))
                .limit(SHOWN)
                .toList();
    }

    private static ConnectionFigures figures(SocketConnection connection) {
        Visitor visitor = connection.peer().visitor();
        return new ConnectionFigures(
                connection.id(),
                connection.user().id(),
                connection.user().name(),
                visitor == null ? "" : visitor.address(),
                visitor == null ? "" : visitor.agent(),
                connection.since(),
                connection.outbox().size());
    }
}
