package org.parley;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import org.parley.Transcript.Acked;
import org.parley.Transcript.Delivered;
import org.parley.Transcript.Gap;
import org.parley.Transcript.Sent;
import org.parley.Transcript.Start;

/**
 * Compares what clients were told with what the log has: nothing that was acknowledged is lost, and everybody has the
 * same messages in the same order, without holes and without doubles.
 *
 * <p>Rooms are of class {@code log} and keep everything; a gap that a reader was told of is no violation here, whoever
 * allows none asks {@link #gaps()}.
 */
public final class Checker {
    private record Place(String room, String epoch, long seq) {}

    private record Author(String room, String from, String id) {}

    private record Content(String from, String id, String kind, String body) {}

    private final List<Transcript> transcripts;
    private final List<Delivered> log;
    private final Map<Author, Delivered> stored = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** @param log the whole log, each room's entries ascending */
    public Checker(List<Transcript> transcripts, List<Delivered> log) {
        this.transcripts = transcripts;
        this.log = log;
    }

    /** Every rule that does not hold, with where; empty when all hold. */
    public List<String> violations() {
        violations.clear();
        stored.clear();
        checkLog();
        transcripts.forEach(this::checkAcks);
        transcripts.forEach(this::checkDeliveries);
        transcripts.forEach(this::checkNothingMissing);
        transcripts.forEach(this::checkPublishes);
        checkOneOrder();
        return List.copyOf(violations);
    }

    /** The log was read twice, in two ways: both must be the same. */
    public static List<String> differences(List<Delivered> one, List<Delivered> other) {
        Set<Delivered> first = new HashSet<>(one);
        Set<Delivered> second = new HashSet<>(other);
        List<String> differences = new ArrayList<>();
        one.stream().filter(m -> !second.contains(m)).forEach(m -> differences.add("only the one has " + m));
        other.stream().filter(m -> !first.contains(m)).forEach(m -> differences.add("only the other has " + m));
        return differences;
    }

    public int gaps() {
        return transcripts.stream().mapToInt(t -> t.gaps().size()).sum();
    }

    /** @param kills how often something was killed */
    public String counts(int kills) {
        return "published=" + sum(t -> t.sent().size())
                + " acked=" + sum(Transcript::ackCount)
                + " delivered=" + sum(t -> t.delivered().size())
                + " logged=" + log.size()
                + " kills=" + kills
                + " reconnects=" + sum(Transcript::reconnects)
                + " duplicates-answered="
                + sum(t -> (int) t.acked().stream().filter(Acked::duplicate).count())
                + " refused-and-retried=" + refusals()
                + " gaps=" + gaps();
    }

    private Map<String, Long> refusals() {
        return transcripts.stream()
                .flatMap(transcript -> transcript.refusals().stream())
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private int sum(ToIntFunction<Transcript> count) {
        return transcripts.stream().mapToInt(count).sum();
    }

    private void checkLog() {
        Map<String, Delivered> previous = new HashMap<>();
        for (Delivered entry : log) {
            Delivered earlier = stored.putIfAbsent(author(entry), entry);
            if (earlier != null) {
                violate("twice in the log", earlier + " and " + entry);
            }
            Delivered before = previous.put(entry.room(), entry);
            long expected = before == null ? 1 : before.seq() + 1;
            if (entry.seq() != expected || (before != null && !before.epoch().equals(entry.epoch()))) {
                violate("a hole in the log", entry + " follows " + before);
            }
        }
    }

    private void checkAcks(Transcript client) {
        for (Acked ack : client.acked()) {
            Delivered entry = stored.get(new Author(ack.room(), client.user(), ack.id()));
            if (entry == null) {
                violate("acknowledged and lost", client.name() + " " + ack);
            } else if (entry.seq() != ack.seq() || !entry.epoch().equals(ack.epoch())) {
                violate("an ack with another position than the log's", client.name() + " " + ack + ", log: " + entry);
            }
        }
    }

    private void checkDeliveries(Transcript reader) {
        Map<String, Start> positions = new HashMap<>(reader.starts());
        Set<Author> seen = new HashSet<>();
        for (Delivered message : reader.delivered()) {
            if (!seen.add(author(message))) {
                violate("delivered twice", reader.name() + " " + message);
            }
            Start now = new Start(message.epoch(), message.seq());
            Start before = positions.put(message.room(), now);
            boolean follows = before != null && before.epoch().equals(now.epoch()) && before.seq() + 1 == now.seq();
            if (!follows && !told(reader, message.room(), before, now)) {
                violate("a hole nobody told of", reader.name() + " " + message + " follows " + before);
            }
        }
    }

    private static boolean told(Transcript reader, String room, Start before, Start now) {
        Start position = before;
        for (Gap gap : reader.gaps()) {
            if (gap.room().equals(room) && position != null && position.equals(new Start(gap.epoch(), gap.after()))) {
                position = new Start(gap.toEpoch(), gap.to());
            }
        }
        return position != null && position.epoch().equals(now.epoch()) && position.seq() + 1 == now.seq();
    }

    /** Whoever had joined before a message was stored must have it. */
    private void checkNothingMissing(Transcript reader) {
        Set<Author> has = new HashSet<>();
        reader.delivered().forEach(message -> has.add(author(message)));
        Map<String, Start> starts = reader.starts();
        for (Transcript publisher : transcripts) {
            for (Acked ack : publisher.acked()) {
                Start start = starts.get(ack.room());
                boolean owed = start != null && (!start.epoch().equals(ack.epoch()) || start.seq() < ack.seq());
                if (owed
                        && !has.contains(new Author(ack.room(), publisher.user(), ack.id()))
                        && !skipped(reader, ack)) {
                    violate("acknowledged and never delivered", "to " + reader.name() + ": " + ack);
                }
            }
        }
    }

    private static boolean skipped(Transcript reader, Acked ack) {
        return reader.gaps().stream()
                .anyMatch(gap -> gap.room().equals(ack.room())
                        && (gap.epoch().equals(ack.epoch()) ? ack.seq() > gap.after() : true)
                        && (gap.toEpoch().equals(ack.epoch()) ? ack.seq() <= gap.to() : true));
    }

    private void checkPublishes(Transcript publisher) {
        Map<String, Long> last = new HashMap<>();
        for (Sent sent : publisher.sent()) {
            Delivered entry = stored.get(new Author(sent.room(), publisher.user(), sent.id()));
            if (entry != null) {
                if (!entry.body().equals(sent.body())) {
                    violate("altered", publisher.name() + " sent " + sent + ", log: " + entry);
                }
                Long before = last.put(sent.room(), entry.seq());
                if (before != null && before >= entry.seq()) {
                    violate("a publisher's order changed", publisher.name() + " " + entry + " after seq " + before);
                }
            }
        }
    }

    private void checkOneOrder() {
        Map<Place, Content> order = new LinkedHashMap<>();
        log.forEach(entry -> order.put(place(entry), content(entry)));
        for (Transcript reader : transcripts) {
            for (Delivered message : reader.delivered()) {
                Content other = order.putIfAbsent(place(message), content(message));
                if (other != null && !other.equals(content(message))) {
                    violate("two messages at one position", reader.name() + " " + message + ", others: " + other);
                }
            }
        }
    }

    private void violate(String rule, String where) {
        violations.add(rule + ": " + where);
    }

    private static Author author(Delivered m) {
        return new Author(m.room(), m.from(), m.id());
    }

    private static Place place(Delivered m) {
        return new Place(m.room(), m.epoch(), m.seq());
    }

    private static Content content(Delivered m) {
        return new Content(m.from(), m.id(), m.kind(), m.body());
    }
}
