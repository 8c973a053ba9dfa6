package org.parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A connection whose client is in one {@code log} room and follows the protocol's rules of positions; it notes whatever
 * breaks them. Thread-safe; what it is offered while the room's lock is held changes nothing but itself.
 */
class Witness implements Connection {
    /** What every witness of a test has seen under a number: the same for all. */
    private final Map<Position, String> truth;

    private final String name;
    private final List<String> violations = new ArrayList<>();
    private boolean holesExpected;
    private Position since;
    private Position position;
    private boolean joined;
    private boolean live;
    private boolean answered;
    private boolean adrift;

    Witness(String name, Map<Position, String> truth) {
        this.name = name;
        this.truth = truth;
    }

    /** From now on it is no fault if something is missing, as long as it is told so. */
    synchronized void expectHoles() {
        holesExpected = true;
    }

    /**
     * Its client has asked to join, from that position or, null, the newest page. If it is live already, the server may
     * push until it begins with this.
     */
    synchronized void joining(Position from) {
        since = from;
        joined = true;
        answered = false;
    }

    /** The server has begun with the join: from now on only its answer may come. */
    synchronized void paused() {
        live = false;
    }

    /** Its client has pulled what follows its position. */
    synchronized void pulling() {
        answered = false;
    }

    /** Leave has returned: whatever comes now comes too late. */
    synchronized void left() {
        joined = false;
        live = false;
    }

    /** Where its client is; null if it was never in the room. */
    synchronized Position position() {
        return position;
    }

    synchronized boolean joined() {
        return joined;
    }

    synchronized boolean live() {
        return live;
    }

    /** Whether the last request was answered; if not it has failed. */
    synchronized boolean answered() {
        return answered;
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public synchronized void offer(Broadcast broadcast) {
        Delivery delivery = broadcast.delivery();
        if (delivery instanceof Delivery.Joined answer) {
            adrift = false;
            take(answer);
        } else if (delivery instanceof Delivery.History answer) {
            take(answer);
        } else if (delivery instanceof Delivery.Messages pushed && !adrift) {
            expect(joined, "pushed after it left", pushed);
            expect(live, "pushed while it pulls", pushed);
            expect(position != null && pushed.epoch().equals(position.epoch()), "another epoch", pushed);
            advance(pushed.messages());
        } else if (delivery instanceof Delivery.Removed) {
            expect(joined, "removed after it left", delivery);
            expect(holesExpected, "removed", delivery);
            answered = false;
            live = false;
        }
    }

    private void take(Delivery.Joined answer) {
        expect(joined, "an answer after it left", answer);
        if (since == null) {
            position = answer.position();
            truth(answer.messages());
        } else if (answer.recovered()) {
            expect(answer.position().epoch().equals(since.epoch()), "recovered in another epoch", answer);
            position = since;
            advance(answer.messages());
        } else {
            expect(holesExpected, "not recovered", answer);
            position = answer.position();
        }
        expect(answer.position().equals(position), "ends elsewhere than its messages: " + position, answer);
        live = !answer.more();
        answered = true;
    }

    private void take(Delivery.History answer) {
        expect(joined, "an answer after it left", answer);
        boolean sameEpoch = answer.position().epoch().equals(position.epoch());
        expect(holesExpected || (sameEpoch && answer.recovered()), "a pull that was not recovered", answer);
        if (!answer.recovered()) {
            position = answer.position();
        } else if (sameEpoch) {
            advance(answer.messages());
        }
        // In another numbering its client joins again, and has no use for what comes before that is answered.
        adrift = answer.recovered() && !sameEpoch;
        live = !answer.more() && !adrift;
        answered = !adrift;
    }

    private void advance(List<Message> messages) {
        for (Message message : messages) {
            expect(message.seq() == position.seq() + 1, "not the next one behind " + position, message);
            position = new Position(position.epoch(), message.seq());
        }
        truth(messages);
    }

    private void truth(List<Message> messages) {
        for (Message message : messages) {
            String id = truth.putIfAbsent(new Position(position.epoch(), message.seq()), message.id());
            expect(id == null || id.equals(message.id()), "others got " + id, message);
        }
    }

    private void expect(boolean condition, String otherwise, Object what) {
        if (!condition) {
            violations.add(name + ": " + otherwise + ": " + what);
        }
    }

    @Override
    public String id() {
        return name;
    }

    @Override
    public User user() {
        return new User("guest:" + name, name, true);
    }

    @Override
    public Access access() {
        return Access.EVERY_ROOM;
    }

    @Override
    public void prepare(Broadcast broadcast) {
        // There is nothing to encode.
    }

    @Override
    public void flush() {
        // What is offered counts as sent.
    }

    @Override
    public void disconnect(Disconnect why) {
        throw new AssertionError("disconnected: " + why);
    }
}
