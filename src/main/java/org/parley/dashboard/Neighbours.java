package org.parley.dashboard;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.parley.json.Json;

/**
 * What this node tells the others of itself, and what they last told: snapshots as JSON. How they get from node to node is
 * not its business. Thread-safe.
 */
public final class Neighbours {
    private volatile String own;
    private volatile List<String> others = List.of();

    /** This node's newest snapshot; nothing in its first second. */
    public Optional<String> own() {
        return Optional.ofNullable(own);
    }

    /** @param snapshots of all other nodes that live, in place of those of before */
    public void told(Collection<String> snapshots) {
        others = List.copyOf(snapshots);
    }

    void tell(String snapshot) {
        own = snapshot;
    }

    /** How many other nodes there are. */
    int count() {
        return others.size();
    }

    /** The snapshot with, as its member {@code others}, those of the other nodes; as it is if there are none. */
    String besides(String snapshot) {
        List<String> all = others;
        return all.isEmpty() ? snapshot : Json.with(snapshot, "others", "[" + String.join(",", all) + "]");
    }
}
