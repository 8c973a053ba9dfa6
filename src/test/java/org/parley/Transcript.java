package org.parley;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one client has sent and been told, in that order, over all its connections. Thread-safe. */
public final class Transcript {
    /** A publish, when it was sent first; bodies are JSON. */
    public record Sent(String room, String id, String body) {}

    /** The answer to a publish. */
    public record Acked(String room, String id, String epoch, long seq, boolean duplicate) {}

    /** A message that the client took for the next one in its room. */
    public record Delivered(String room, String epoch, long seq, String id, String from, String kind, String body) {}

    /** The server said {@code recovered:false}: what lies between the two positions is not to be had. */
    public record Gap(String room, String epoch, long after, String toEpoch, long to) {}

    /** Where a room was when the client joined it first: what follows is owed to it. */
    public record Start(String epoch, long seq) {}

    private final String name;
    private String user;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Acked> acked = new ArrayList<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<String, Start> starts = new LinkedHashMap<>();
    private int reconnects;
    private final List<String> refusals = new ArrayList<>();

    public Transcript(String name) {
        this.name = name;
    }

    /** For people who read a violation. */
    public String name() {
        return name;
    }

    /** The user's id, as {@code from} of a message has it; null before the sign-in. */
    public synchronized String user() {
        return user;
    }

    synchronized void user(String user) {
        this.user = user;
    }

    synchronized void add(Sent publish) {
        sent.add(publish);
    }

    synchronized void add(Acked ack) {
        acked.add(ack);
    }

    synchronized void add(Delivered message) {
        delivered.add(message);
    }

    synchronized void add(Gap gap) {
        gaps.add(gap);
    }

    synchronized void start(String room, Start start) {
        starts.putIfAbsent(room, start);
    }

    synchronized void reconnected() {
        reconnects++;
    }

    synchronized void refused(String name) {
        refusals.add(name);
    }

    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    public synchronized List<Acked> acked() {
        return List.copyOf(acked);
    }

    public synchronized List<Delivered> delivered() {
        return List.copyOf(delivered);
    }

    public synchronized List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    public synchronized Map<String, Start> starts() {
        return Map.copyOf(starts);
    }

    public synchronized int ackCount() {
        return acked.size();
    }

    /** Connections after the first. */
    public synchronized int reconnects() {
        return reconnects;
    }

    /** The names of the retryable errors that answered requests: {@code unavailable} and its like. */
    public synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }
}
