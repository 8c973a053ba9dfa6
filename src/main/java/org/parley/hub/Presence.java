package org.parley.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is in one room: users, each as often as there are connections, or other nodes, that have them. Changes are gathered until they are told, so that a
 * reload is silence and ten thousand joins are a few pushes. Not thread-safe.
 */
final class Presence {
    static final int SHOWN = 100;
    /** Above this only the count is told. */
    private static final int NAMED = 200;

    private record Device(User user, int connections) {}

    private final Map<String, Device> present = new LinkedHashMap<>();
    /** Users whose presence changed since the last telling, with whether they were present then. */
    private final Map<String, User> before = new HashMap<>();

    private boolean changed;
    /** Present besides, nobody knows who. */
    private int unnamed;

    private int unnamedBefore;

    void join(User user) {
        Device device = present.get(user.id());
        if (device == null) {
            touch(user, null);
            present.put(user.id(), new Device(user, 1));
        } else {
            present.put(user.id(), new Device(user, device.connections + 1));
        }
    }

    void leave(User user) {
        Device device = present.get(user.id());
        if (device == null) {
            return;
        }
        if (device.connections > 1) {
            present.put(user.id(), new Device(device.user, device.connections - 1));
        } else {
            touch(user, device.user);
            present.remove(user.id());
        }
    }

    private void touch(User user, User presentBefore) {
        changed = true;
        before.putIfAbsent(user.id(), presentBefore == null ? ABSENT : presentBefore);
    }

    private static final User ABSENT = new User("", "", true);

    void unnamed(int count) {
        unnamed = count;
        changed |= unnamed != unnamedBefore;
    }

    int count() {
        return present.size() + unnamed;
    }

    /** At most so many of them, in the order they came. */
    List<User> users(int limit) {
        return present.values().stream().limit(limit).map(Device::user).toList();
    }

    Delivery.Present shown() {
        return new Delivery.Present(count(), users(SHOWN));
    }

    /** What changed since the last call, or null if nothing did. */
    Delivery.PresenceChanged drain(String room) {
        if (!changed) {
            return null;
        }
        changed = false;
        List<User> joined = new ArrayList<>();
        List<User> left = new ArrayList<>();
        before.forEach((id, was) -> {
            Device now = present.get(id);
            if (now != null && was == ABSENT) {
                joined.add(now.user);
            } else if (now == null && was != ABSENT) {
                left.add(was);
            }
        });
        before.clear();
        if (joined.isEmpty() && left.isEmpty() && unnamed == unnamedBefore) {
            return null;
        }
        unnamedBefore = unnamed;
        boolean named = count() <= NAMED;
        return new Delivery.PresenceChanged(room, count(), named ? joined : List.of(), named ? left : List.of());
    }
}
