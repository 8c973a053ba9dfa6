package org.parley.log;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.parley.hub.RoomClass;

/** Reads, makes and locks the rows of rooms. */
final class Rooms {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String INSERT =
            "INSERT INTO room (name, class, epoch) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING";

    private final Database database;

    Rooms(Database database) {
        this.database = database;
    }

    Optional<Room> find(Transaction transaction, String name) throws SQLException {
        return find(transaction, List.of(name)).stream().findFirst();
    }

    List<Room> find(Transaction transaction, Collection<String> names) throws SQLException {
        List<Room> rooms = new ArrayList<>();
        List<Object[]> keys = names.stream().map(name -> new Object[] {name}).toList();
        database.dialect().lookup(transaction, Room.SELECT, List.of("name"), keys, row -> rooms.add(Room.of(row)));
        return rooms;
    }

    /** Locks those of the rooms that exist and that nobody else has locked. */
    Map<String, Room> lock(Transaction transaction, Collection<String> names, Dialect.Wait wait) throws SQLException {
        Map<String, Room> locked = new TreeMap<>();
        Transaction.Reader reader = row -> {
            Room room = Room.of(row);
            locked.put(room.name, room);
            return true;
        };
        database.dialect().lock(transaction, Room.SELECT, List.copyOf(names), wait, reader);
        return locked;
    }

    /** Makes those that do not exist, in a transaction of its own: others who make the same ones wait for it. */
    void make(Map<String, RoomClass> rooms) throws SQLException {
        try (Transaction transaction = database.write()) {
            for (Map.Entry<String, RoomClass> room : rooms.entrySet()) {
                transaction.update(INSERT, room.getKey(), room.getValue().name(), epoch());
            }
            transaction.commit();
        }
    }

    private static String epoch() {
        return String.format("%032x", new BigInteger(128, RANDOM));
    }

    void renewEpochs(Transaction transaction) throws SQLException {
        transaction.update("UPDATE room SET epoch = " + database.dialect().randomEpoch());
    }
}
