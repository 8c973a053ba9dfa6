package org.parley.log;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.parley.event.Event;
import org.parley.hub.Append;
import org.parley.hub.Appended;
import org.parley.hub.ErrorCode;
import org.parley.hub.RoomClass;

/** Stores batches: who waits for which lock, and which row is to blame if the database refuses one. */
final class Appending {
    private static final System.Logger LOG = System.getLogger(Appending.class.getName());

    private final Database database;
    private final Rooms rooms;
    private final Epochs epochs;
    private final Clock clock;
    private final Deferrals deferrals = new Deferrals();

    Appending(Database database, Rooms rooms, Epochs epochs, Clock clock) {
        this.database = database;
        this.rooms = rooms;
        this.epochs = epochs;
        this.clock = clock;
    }

    /** Entries of one transaction, and where their outcomes go. */
    private static final class Part {
        final List<Append> entries = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();

        void add(int place, Append entry) {
            places.add(place);
            entries.add(entry);
        }

        Set<String> names() {
            Set<String> names = new TreeSet<>();
            entries.forEach(entry -> names.add(entry.room()));
            return names;
        }

        void answer(List<Appended> outcomes, Appended[] answers) {
            for (int i = 0; i < places.size(); i++) {
                answers[places.get(i)] = outcomes.get(i);
            }
        }
    }

    List<Appended> append(List<Append> batch) throws SQLException {
        String overdue = deferrals.overdue(batch);
        Part together = new Part();
        Part alone = new Part();
        for (int i = 0; i < batch.size(); i++) {
            Append entry = batch.get(i);
            (entry.room().equals(overdue) ? alone : together).add(i, entry);
        }
        Appended[] answers = new Appended[batch.size()];
        if (!together.entries.isEmpty()) {
            together.answer(store(together, Dialect.Wait.SKIP), answers);
        }
        if (!alone.entries.isEmpty()) {
            alone.answer(storeAlone(alone, together.entries.isEmpty()), answers);
        }
        return Arrays.asList(answers);
    }

    /** After the others, so that none of their locks is held while this waits; their answers must not be lost. */
    private List<Appended> storeAlone(Part part, boolean nothingBefore) throws SQLException {
        try {
            return store(part, Dialect.Wait.BRIEFLY);
        } catch (SQLException e) {
            if (nothingBefore) {
                throw e;
            }
            Event.of("deferred-unstored").with("reason", e.getMessage()).warn(LOG);
            return part.entries.stream().map(entry -> unavailable()).toList();
        }
    }

    private static Appended unavailable() {
        return new Appended.Refused(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.text(), null);
    }

    private List<Appended> store(Part part, Dialect.Wait wait) throws SQLException {
        try {
            return storeAll(part, wait);
        } catch (SQLException e) {
            if (database.dialect().lockedOut(e)) {
                return defer(part.entries, Set.of());
            }
            if (database.dialect().refusesRow(e)) {
                return attempt(part, wait, this::bisect).orElseThrow(Appending::changing);
            }
            throw e;
        }
    }

    /** A second try looks the keys up: one of them was known after all, or a row is bad, which it comes to as well. */
    private List<Appended> storeAll(Part part, Dialect.Wait wait) throws SQLException {
        if (database.dialect().refusesQuietly()) {
            try {
                return prepared(part, wait, this::storeNew);
            } catch (SQLException e) {
                if (!database.dialect().refusesRow(e)) {
                    throw e;
                }
            }
        }
        return prepared(part, wait, this::storeWhole);
    }

    private List<Appended> prepared(Part part, Dialect.Wait wait, Storing storing) throws SQLException {
        Optional<List<Appended>> outcomes = attempt(part, wait, storing);
        if (outcomes.isEmpty()) {
            prepare(part);
            outcomes = attempt(part, wait, storing);
        }
        return outcomes.orElseThrow(Appending::changing);
    }

    private static SQLException changing() {
        return new SQLException("the database changed to another one while it was written to");
    }

    /** Empty if it must be prepared first: the epochs are those of another database, or rooms are new. */
    private Optional<List<Appended>> attempt(Part part, Dialect.Wait wait, Storing storing) throws SQLException {
        try (Transaction transaction = database.write()) {
            if (!epochs.hold(transaction)) {
                return Optional.empty();
            }
            Map<String, Room> locked = rooms.lock(transaction, part.names(), wait);
            if (!unknown(transaction, part, locked.keySet()).isEmpty()) {
                return Optional.empty();
            }
            List<Append> mine = part.entries.stream()
                    .filter(entry -> locked.containsKey(entry.room()))
                    .toList();
            List<Appended> outcomes = mine.isEmpty() ? List.of() : storing.store(transaction, mine, locked);
            transaction.commit();
            deferrals.stored(locked.keySet());
            return Optional.of(withDeferred(part, locked.keySet(), outcomes));
        }
    }

    private interface Storing {
        List<Appended> store(Transaction transaction, List<Append> entries, Map<String, Room> locked)
                throws SQLException;
    }

    /** Rooms that were not locked because they do not exist, with the class they are to have. */
    private Map<String, RoomClass> unknown(Transaction transaction, Part part, Set<String> locked) throws SQLException {
        Map<String, RoomClass> unknown = new TreeMap<>();
        for (Append entry : part.entries) {
            if (!locked.contains(entry.room())) {
                unknown.put(entry.room(), entry.roomClass());
            }
        }
        if (!unknown.isEmpty()) {
            rooms.find(transaction, List.copyOf(unknown.keySet())).forEach(room -> unknown.remove(room.name));
        }
        return unknown;
    }

    /** In transactions of its own: others who make the same rooms, or renew the same epochs, wait for them. */
    private void prepare(Part part) throws SQLException {
        epochs.check();
        Map<String, RoomClass> unknown;
        try (Transaction transaction = database.read()) {
            unknown = unknown(transaction, part, Set.of());
        }
        rooms.make(unknown);
    }

    private List<Appended> storeWhole(Transaction transaction, List<Append> entries, Map<String, Room> locked)
            throws SQLException {
        return new Batch(database.dialect(), transaction, locked, clock.millis()).store(entries);
    }

    private List<Appended> storeNew(Transaction transaction, List<Append> entries, Map<String, Room> locked)
            throws SQLException {
        return new Batch(database.dialect(), transaction, locked, clock.millis()).storeNew(entries);
    }

    /** Halves what the database refuses, until the rows that it refuses stand alone. */
    private List<Appended> bisect(Transaction transaction, List<Append> entries, Map<String, Room> before)
            throws SQLException {
        Savepoint savepoint = transaction.savepoint();
        try {
            return storeWhole(transaction, entries, before);
        } catch (SQLException e) {
            if (!database.dialect().refusesRow(e)) {
                throw e;
            }
            transaction.backTo(savepoint);
            if (entries.size() == 1) {
                // The driver's message may quote the row.
                Event.of("message-refused").with("state", e.getSQLState()).debug(LOG);
                return List.of(new Appended.Refused(ErrorCode.INVALID, ErrorCode.INVALID.text(), null));
            }
        }
        int half = entries.size() / 2;
        List<Appended> outcomes = new ArrayList<>(bisectAgain(transaction, entries.subList(0, half)));
        outcomes.addAll(bisectAgain(transaction, entries.subList(half, entries.size())));
        return outcomes;
    }

    private List<Appended> bisectAgain(Transaction transaction, List<Append> entries) throws SQLException {
        Set<String> names = new TreeSet<>();
        entries.forEach(entry -> names.add(entry.room()));
        Map<String, Room> now = new TreeMap<>();
        rooms.find(transaction, names).forEach(room -> now.put(room.name, room));
        return bisect(transaction, entries, now);
    }

    private List<Appended> withDeferred(Part part, Set<String> locked, List<Appended> outcomes) {
        if (outcomes.size() == part.entries.size()) {
            return outcomes;
        }
        Iterator<Appended> stored = outcomes.iterator();
        Iterator<Appended> deferred = defer(part.entries, locked).iterator();
        return part.entries.stream()
                .map(entry -> locked.contains(entry.room()) ? stored.next() : deferred.next())
                .toList();
    }

    /** An outcome for each entry whose room was not locked; those of one room share it, or its order would be lost. */
    private List<Appended> defer(List<Append> entries, Set<String> locked) {
        Map<String, Appended> rooms = new TreeMap<>();
        return entries.stream()
                .filter(entry -> !locked.contains(entry.room()))
                .map(entry -> rooms.computeIfAbsent(
                        entry.room(), room -> deferrals.defer(room) ? new Appended.Deferred() : unavailable()))
                .toList();
    }
}
